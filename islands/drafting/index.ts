// <live-agreement relationship="<uuid>" part="schedule" fields="/…/fields/" typing data-saved="…" …>
//   <template data-person="<hex>">a face</template> <p data-announce aria-live="polite"></p>
// </live-agreement>
//
// Who is at which part; on a part's page also its fields, as everybody types them.

import { connect, type Message, type Seat } from "../live/socket.ts";
import { Here, type Place } from "./here.ts";
import "./kept_form.ts";
import { LivePart, type PartState } from "./part.ts";
import { Shelf } from "./shelf.ts";
import { steady } from "./steady.ts";

const AGAIN = 15_000;

class LiveAgreement extends HTMLElement {
  private readonly section = this.getAttribute("part") ?? "overview";
  private readonly here = new Here(this, this.section, (field) => this.live?.fields.label(field) ?? "");
  private readonly state = document.createElement("p");
  private live: LivePart | undefined;
  private seat: Seat | undefined;
  private place: Place = { part: this.section };
  private rounds: ReturnType<typeof setInterval> | undefined;
  private refreshing = false;

  connectedCallback(): void {
    const relationship = this.getAttribute("relationship") ?? "";
    const form = document.querySelector<HTMLFormElement>("form.part-form");
    const fields = this.getAttribute("fields");
    if (form && fields) this.open(form, fields, relationship);
    this.seat = connect().join(`agreement:${relationship}`, {
      onMessage: (message) => this.hear(message),
      onReady: () => (this.tell(), this.live?.ask()),
      onLost: () => this.here.lost(),
    });
    document.addEventListener("focusin", (event) => this.moved(event.target));
    document.addEventListener("focusout", () => this.moved(null));
    this.rounds = setInterval(() => (this.here.round(), this.tell()), AGAIN);
  }

  disconnectedCallback(): void {
    clearInterval(this.rounds);
    this.seat?.leave();
  }

  private open(form: HTMLFormElement, address: string, relationship: string): void {
    const person = document.querySelector<HTMLElement>("meta[name=live-ticket]")?.dataset.person ?? "";
    this.state.className = "typed-state soft small";
    form.querySelector(".acts")?.after(this.state);
    this.live = new LivePart(form, {
      address,
      window: crypto.randomUUID(),
      shelf: new Shelf(person, relationship, this.section),
      typing: this.hasAttribute("typing"),
      onState: (state) => this.show(state),
    });
    this.live.placeNotes();
  }

  private hear(message: Message): void {
    if (typeof message.part !== "string") return this.here.hear(message);
    if (this.live && message.part === this.section) this.live.ask();
    else if (this.section === "overview") void this.refresh();
  }

  private moved(target: EventTarget | null): void {
    const name = target instanceof HTMLElement && target.closest("form.part-form") ? target.getAttribute("name") : null;
    const place = name ? { part: this.section, field: name } : { part: this.section };
    if (place.field === this.place.field) return;
    this.place = place;
    this.tell();
  }

  private tell(): void {
    this.seat?.relay({ at: this.place });
  }

  private show(state: PartState): void {
    if (!this.hasAttribute("typing") && state !== "offline" && state !== "closed") return;
    const words = this.dataset[state] ?? "";
    this.toggleRole(state === "offline" || state === "closed");
    if (this.state.textContent !== words) this.state.textContent = words;
    this.state.dataset.state = state;
  }

  private toggleRole(aloud: boolean): void {
    if (aloud) this.state.setAttribute("role", "status");
    else this.state.removeAttribute("role");
  }

  /** The overview as it is now: cards that changed, in place. */
  private async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      steady(() => page.querySelectorAll<HTMLElement>("[data-part]").forEach((card) => replace(card)));
      this.here.show();
    } finally {
      this.refreshing = false;
    }
  }
}

function replace(come: HTMLElement): void {
  const there = document.querySelector<HTMLElement>(`[data-part="${CSS.escape(come.dataset.part ?? "")}"]`);
  if (!there || there.contains(document.activeElement)) return; // when they have moved on
  there.replaceWith(document.importNode(come, true));
}

customElements.define("live-agreement", LiveAgreement);
