// A live conversation over the page that the server rendered.
//
//   <conversation-pane data-relationship="…" data-me="…" data-zone="Europe/Berlin" data-seen="41"> … </conversation-pane>
//
// A message is kept in this browser before it is sent and until the server has it for good; the server takes each
// client_id once, so sending again after a lost line, a reload or in a second tab is harmless.

import { keeps } from "../live/kept.ts";
import { connect, NotTaken, type Message, type Seat } from "../live/socket.ts";
import { Lines, type Line } from "./lines.ts";
import { forgetConversations, Store, type Unsent } from "./store.ts";

keeps("conversation", forgetConversations);

class ConversationPane extends HTMLElement {
  private store!: Store;
  private lines!: Lines;
  private seat!: Seat;
  private readonly underWay = new Set<string>();
  private told = 0;

  connectedCallback(): void {
    const { relationship = "", me = "", zone = "UTC", seen = "0" } = this.dataset;
    this.store = new Store(me, relationship);
    this.told = Number(seen);
    const list = this.find<HTMLElement>("[data-lines]");
    this.lines = new Lines(list, this.find("template"), me, document.documentElement.lang, zone);
    this.compose();
    this.find("[data-new], [data-lines] > :last-child", false)?.scrollIntoView({ block: "nearest" });
    this.seat = connect().join(`conversation:${relationship}`, {
      seen: () => this.lines.last,
      onMessage: (message) => this.hear(message),
      onReady: () => this.sendKept(),
      onRefused: () => this.close(),
    });
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("focus", () => this.look());
    this.look();
  }

  private compose(): void {
    const form = this.find<HTMLFormElement>("form", false);
    if (!form) return;
    const text = form.elements.namedItem("text") as HTMLTextAreaElement;
    const asks = form.elements.namedItem("please_answer") as HTMLInputElement;
    text.value ||= this.store.draft;
    text.addEventListener("input", () => (this.store.draft = text.value));
    text.addEventListener("keydown", (event) => {
      const plainEnter = event.key === "Enter" && !event.shiftKey && !event.isComposing;
      if (plainEnter && (event.ctrlKey || event.metaKey || matchMedia("(pointer: fine)").matches)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = text.value.trim();
      if (!words) return text.focus();
      this.store.keep({ client_id: crypto.randomUUID(), text: words, please_answer: asks.checked });
      this.store.draft = text.value = "";
      asks.checked = false;
      this.sendKept();
      text.focus();
    });
  }

  /** Everything that waits, in the order in which it was written. */
  private sendKept(): void {
    for (const message of this.store.unsent) {
      this.lines.await(message.client_id, message.text, message.please_answer);
      if (!this.underWay.has(message.client_id)) void this.deliver(message);
    }
    this.toEnd();
  }

  private async deliver(message: Unsent): Promise<void> {
    this.underWay.add(message.client_id);
    try {
      const answer = await this.seat.send({ ...message });
      this.store.done(message.client_id);
      if (typeof answer["refused"] === "string") this.lines.refuse(message.client_id, answer["refused"]);
      else this.show(answer["message"] as Line);
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      if (error.reason !== "left") this.lines.refuse(message.client_id, this.dataset["notTaken"] ?? error.reason);
    } finally {
      this.underWay.delete(message.client_id);
    }
  }

  private hear(message: Message): void {
    switch (message["type"]) {
      case "message":
        return this.show(message as unknown as Line);
      case "seen":
        return this.showSeen(String(message["person"]), Number(message["number"]));
      case "more":
        location.reload(); // more was missed than a catch-up holds
    }
  }

  private show(line: Line): void {
    const atEnd = this.isAtEnd();
    if (!this.lines.add(line)) return void this.fill();
    if (atEnd || line.sender === this.dataset["me"]) this.toEnd();
    this.find("[data-empty]", false)?.remove();
    this.look();
  }

  /** A number was passed over: ask for what lies between. */
  private async fill(): Promise<void> {
    const answer = await this.seat.send({ after: this.lines.last });
    for (const message of answer["missing"] as Message[]) this.hear(message);
  }

  private showSeen(person: string, number: number): void {
    if (person === this.dataset["me"]) return;
    this.querySelectorAll("[data-seen-here]").forEach((mark) => mark.removeAttribute("data-seen-here"));
    const own = [...this.querySelectorAll<HTMLElement>(".mine[data-number]")];
    own.findLast((item) => Number(item.dataset["number"]) <= number)?.setAttribute("data-seen-here", "");
  }

  /** Tell the server how far we have read, once the page is really being looked at. */
  private look(): void {
    const last = this.lines.last;
    if (document.visibilityState !== "visible" || !document.hasFocus() || last <= this.told) return;
    this.told = last;
    this.seat.send({ seen: last }).catch((error: unknown) => {
      if (!(error instanceof NotTaken)) throw error; // no longer allowed here: nothing to tell
    });
  }

  private close(): void {
    this.find<HTMLFieldSetElement>("form fieldset", false)?.setAttribute("disabled", "");
  }

  private isAtEnd(): boolean {
    return innerHeight + scrollY >= document.documentElement.scrollHeight - 160;
  }

  private toEnd(): void {
    scrollTo({ top: document.documentElement.scrollHeight });
  }

  private find<T extends Element>(selector: string, needed?: true): T;
  private find<T extends Element>(selector: string, needed: false): T | null;
  private find<T extends Element>(selector: string): T | null {
    return this.querySelector<T>(selector);
  }
}

customElements.define("conversation-pane", ConversationPane);
