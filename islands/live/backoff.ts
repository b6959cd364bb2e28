// How long to wait before trying again: doubling from 0.3 to 15 s, each time a random part of it, so that
// browsers do not all come back in the same moment.

const FIRST = 300;
const LONGEST = 15_000;

export class Backoff {
  private tries = 0;

  /** Milliseconds until the next try. */
  next(): number {
    const most = Math.min(LONGEST, FIRST * 2 ** this.tries++);
    return most * (0.5 + Math.random() / 2);
  }

  reset(): void {
    this.tries = 0;
  }
}
