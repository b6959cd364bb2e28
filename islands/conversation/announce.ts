// What arrives while the page is open, said once and politely to screen readers: never history, never one's own.

const GATHER = 400; // milliseconds in which several count as one burst

export class Announcer {
  private readonly place: HTMLElement | null;
  private waiting: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly pane: HTMLElement) {
    this.place = pane.querySelector<HTMLElement>("[data-announce]");
  }

  came(name: string, words: string): void {
    this.waiting.push((this.pane.dataset["said"] ?? "").replace("{name}", () => name).replace("{text}", () => words));
    this.timer ??= setTimeout(() => this.say(), GATHER);
  }

  private say(): void {
    this.timer = undefined;
    const several = (this.pane.dataset["several"] ?? "").replace("{n}", String(this.waiting.length));
    if (this.place) this.place.textContent = this.waiting.length > 1 ? several : (this.waiting[0] ?? "");
    this.waiting = [];
  }
}
