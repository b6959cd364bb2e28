// The ticket of this one call: a minute old at most when it is shown, so it is renewed while the line is there, and
// fetched when it grew old while the line was away.

import { NotTaken, type Seat } from "../live/socket.ts";

const RENEW = 40_000;

export class Ticket {
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    public shown: string,
    private readonly address: string,
  ) {}

  renewThrough(seat: Seat): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      if (!seat.ready) return;
      seat.send({ type: "ticket" }).then(
        ({ ticket }) => typeof ticket === "string" && (this.shown = ticket),
        (error: unknown) => error instanceof NotTaken || console.warn("call:", error),
      );
    }, RENEW);
  }

  /** False when this person may no longer have one, or the line is away. */
  async fetch(): Promise<boolean> {
    const answer = await fetch(this.address, { cache: "no-store" }).catch(() => undefined);
    if (!answer?.ok || answer.redirected) return false;
    const { ticket } = (await answer.json()) as { ticket?: string };
    this.shown = ticket ?? "";
    return Boolean(ticket);
  }
}
