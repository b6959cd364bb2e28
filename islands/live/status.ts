// <live-status>: one quiet line, shown only when the connection has been away for more than two seconds.
// The page's <meta name="live-ticket"> brings the words in the person's language (data-lost, data-back, data-over).

import { pageTicket } from "./ticket.ts";

export type LineState = "there" | "lost" | "over";
const PATIENCE = 2_000;

class LiveStatus extends HTMLElement {
  private waiting: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.setAttribute("role", "status");
    this.setAttribute("aria-live", "polite");
  }

  set line(state: LineState) {
    if (state === "lost") {
      this.waiting ??= setTimeout(() => this.say(state), PATIENCE);
      return;
    }
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (state === "over") this.say(state);
    else if (this.dataset.state === "lost") this.back();
  }

  private back(): void {
    this.say("there");
    setTimeout(() => this.dataset.state === "there" && this.say(undefined), PATIENCE);
  }

  private say(state: LineState | undefined): void {
    const words = pageTicket()?.dataset ?? {};
    if (state) this.dataset.state = state;
    else delete this.dataset.state;
    this.textContent = (state && { there: words.back, lost: words.lost, over: words.over }[state]) || "";
  }
}

customElements.define("live-status", LiveStatus);

export function showLine(state: LineState): void {
  let status = document.querySelector("live-status") as LiveStatus | null;
  if (!status) {
    status = document.createElement("live-status") as LiveStatus;
    document.body.append(status);
  }
  status.line = state;
}
