// A part of a page that is asked for again when the server hints that something changed; no polling.
//
//   <live-part data-topic="person:0190…" hx-get="/" hx-select="#now > *" hx-target="#now" hx-trigger="hint">
//     <div id="now" role="status"> … </div>
//   </live-part>
//
// A hint may be lost while the line is away, so we ask again whenever the line is back; the first time too, since
// something may have happened between the page and the line. Only what differs is put in, so that it is not said twice.

import { connect, type Seat } from "../live/socket.ts";

class LivePart extends HTMLElement {
  private seat: Seat | undefined;

  connectedCallback(): void {
    const topic = this.dataset["topic"];
    if (!topic) return;
    const ask = (): boolean => this.dispatchEvent(new CustomEvent("hint"));
    this.addEventListener("htmx:beforeSwap", (event) => this.keepTheSame(event as CustomEvent<Swap>));
    this.seat = connect().join(topic, { onMessage: ask, onReady: ask });
  }

  disconnectedCallback(): void {
    this.seat?.leave();
  }

  private keepTheSame(event: CustomEvent<Swap>): void {
    const { detail } = event;
    const selector = this.getAttribute("hx-target");
    const shown = selector && this.querySelector(selector);
    const fresh = selector && new DOMParser().parseFromString(detail.serverResponse, "text/html").querySelector(selector);
    if (!shown || !fresh || plain(shown) === plain(fresh)) detail.shouldSwap = false;
  }
}

interface Swap {
  serverResponse: string;
  shouldSwap: boolean;
}

function plain(part: Element): string {
  return (part.textContent ?? "").replace(/\s+/g, " ").trim();
}

customElements.define("live-part", LivePart);
