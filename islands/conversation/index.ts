// A live conversation over the page that the server rendered.
//
//   <conversation-pane data-relationship="…" data-me="…" data-zone="Europe/Berlin" data-seen="41" data-live> … </conversation-pane>
//
// A message is kept in this browser before it is sent and until the server has it for good; the server takes each
// client_id once, so sending again after a lost line, a reload or in a second tab is harmless.

import { keeps } from "../live/kept.ts";
import { connect, type Message, type Seat } from "../live/socket.ts";
import type { Target } from "./about.ts";
import { Announcer } from "./announce.ts";
import { Composer } from "./composer.ts";
import { Deliverer } from "./deliver.ts";
import { showLarge } from "./files.ts";
import { pageBackwards } from "./history.ts";
import { Lines, part, type Line } from "./lines.ts";
import { Menu } from "./menu.ts";
import { Place } from "./place.ts";
import "./player.ts";
import { Seen } from "./seen.ts";
import { forgetConversations, newUnsent, read, Store, type Written } from "./store.ts";

keeps("conversation", forgetConversations);

class ConversationPane extends HTMLElement {
  private store!: Store;
  private lines!: Lines;
  private seat!: Seat;
  private place!: Place;
  private seen!: Seen;
  private announcer!: Announcer;
  private deliverer!: Deliverer;
  private composer: Composer | undefined;
  private menu: Menu | undefined;
  private filling = false;
  private told = 0;
  private changes = 0;

  connectedCallback(): void {
    const { relationship = "", me = "", seen = "0", live } = this.dataset;
    this.told = Number(seen);
    this.changes = Number(this.dataset["change"] ?? 0);
    this.lines = new Lines(this);
    this.seen = new Seen(this, this.lines);
    this.announcer = new Announcer(this);
    this.place = new Place(this, () => this.look());
    pageBackwards(this, this.lines.list, this.place, () => this.seen.show());
    if (live === undefined || !isSecureContext) return; // an old page, or a browser that lends us no way to name messages
    this.store = new Store(me, relationship);
    this.seat = connect().join(`conversation:${relationship}`, {
      seen: () => ({ number: this.lines.last, change: this.changes }),
      onMessage: (message) => this.hear(message),
      onReady: () => this.deliverer.all(),
      onRefused: (reason) => this.close(reason),
    });
    this.deliverer = new Deliverer(this.seat, this.store, this.lines, this.dataset["failed"] ?? "", (line) => this.show(line));
    const form = this.querySelector<HTMLFormElement>("form.composer");
    if (form) this.composer = new Composer(this, form, this.store, this);
    if (form) this.menu = new Menu(this, this);
    this.deliverer.showKept();
    this.lines.list.addEventListener("click", (event) => this.act(event));
    addEventListener("storage", (event) => this.follow(event));
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("focus", () => this.look());
    this.place.begin();
  }

  send(written: Written): void {
    this.store.keep(newUnsent(written));
    this.lines.unmarkNew();
    this.querySelector("[data-empty]")?.remove();
    this.deliverer.all();
    this.place.toEnd();
  }

  reply(item: HTMLElement): void {
    this.composer?.reply(item);
  }

  copy(item: HTMLElement): void {
    void navigator.clipboard.writeText(part(item, "text").innerText.trim());
  }

  async sign(item: HTMLElement, sign: string): Promise<void> {
    this.composer?.say(await this.ask({ react: item.dataset["id"], sign }));
  }

  async erase(item: HTMLElement): Promise<void> {
    this.composer?.say(await this.ask({ delete: item.dataset["id"] }));
    this.composer?.text.focus({ preventScroll: true });
  }

  /** From the menu, an item; from the composer, the new words of one. */
  async edit(of: HTMLElement): Promise<void>;
  async edit(of: Target, words: string): Promise<string | undefined>;
  async edit(of: HTMLElement | Target, words?: string): Promise<string | undefined | void> {
    if (!(of instanceof HTMLElement)) return this.ask({ edit: of.id, text: words });
    const id = of.dataset["id"] ?? "";
    const { text } = await this.seat.send({ words: id });
    this.composer?.edit({ id, number: Number(of.dataset["number"]) }, String(text));
  }

  editLast(): void {
    const last = this.lines.numbered.findLast((item) => item.classList.contains("mine"));
    if (last && !last.classList.contains("deleted")) void this.edit(last);
  }

  /** Change something that is there. Resolves to a sentence when it was refused. */
  private async ask(what: Message): Promise<string | undefined> {
    const answer = await this.seat.send(what);
    if (typeof answer["refused"] === "string") return answer["refused"];
    this.hearChange(answer["message"] as unknown as Line);
    return undefined;
  }

  /** What another tab of this person keeps or lets go. */
  private follow({ key, newValue, oldValue }: StorageEvent): void {
    if (!key?.startsWith(this.store.unsentKey)) return;
    const before = read(oldValue);
    if (newValue !== null) this.place.keep(() => this.deliverer.all());
    else if (before?.refused !== undefined) this.lines.takeAway(before.client_id);
  }

  /** The menu and the signs of a message; "Try again" and "Take it back" at one that was not taken. */
  private act(event: Event): void {
    if (showLarge(this, event)) return;
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-act]");
    const item = button?.closest<HTMLElement>(".line");
    if (button && item && this.menu && /^(more|sign)$/.test(button.dataset["act"] ?? "")) {
      event.preventDefault();
      if (button.dataset["act"] === "more") return this.menu.open(item);
      return void this.sign(item, button.classList.contains("own") ? "" : (button.dataset["sign"] ?? ""));
    }
    this.follows(event);
    const clientId = item?.dataset["client"];
    const kept = this.store.unsent.find((message) => message.client_id === clientId);
    if (!button || !kept) return;
    if (button.dataset["act"] === "again") {
      this.deliverer.again(kept);
      this.composer?.text.focus({ preventScroll: true });
    } else {
      this.store.done(kept.client_id);
      this.lines.takeAway(kept.client_id);
      this.composer?.take(kept);
    }
  }

  /** What a message replies to, where it stands on this page already. */
  private follows(event: Event): void {
    const to = (event.target as HTMLElement).closest<HTMLAnchorElement>("[data-part=quoted]")?.dataset["to"];
    const original = document.getElementById(`m${to ?? ""}`);
    if (!original) return;
    event.preventDefault();
    location.hash = original.id;
    original.scrollIntoView({ block: "center" });
  }

  private hear(message: Message): void {
    switch (message["type"]) {
      case "message":
        return this.show(message as unknown as Line);
      case "changed":
        return this.hearChange(message as unknown as Line);
      case "seen":
        return this.hearSeen(String(message["person"]), Number(message["number"]));
      case "more":
        return void this.fill();
    }
  }

  /** Changes are numbered as messages are: where one is missing, it is asked for. */
  private hearChange(line: Line): void {
    this.place.keep(() => this.lines.change(line));
    if (line.change > this.changes + 1) void this.fill();
    else this.changes = Math.max(this.changes, line.change);
  }

  private show(line: Line): void {
    const before = this.lines.last;
    const mine = line.sender === this.dataset["me"];
    let inOrder = true;
    this.place.keep(() => (inOrder = this.lines.add(line)));
    if (mine) this.store.done(line.client_id);
    if (!inOrder) return void this.fill();
    if (line.number <= before) return;
    this.querySelector("[data-empty]")?.remove();
    if (!mine) this.came(line);
    this.seen.show();
    this.look();
  }

  private came(line: Line): void {
    if (!this.isLookedAt()) this.lines.markNew();
    this.place.offerEnd();
    const words = part(this.lines.numbered.at(-1)!, "text").textContent ?? "";
    this.announcer.came(this.lines.name(line.sender), words.trim());
  }

  /** A number was passed over, or more was missed than comes at once: ask for what lies between. */
  private async fill(): Promise<void> {
    if (this.filling) return;
    this.filling = true;
    try {
      for (let before = -1; before < this.lines.last + this.changes; ) {
        before = this.lines.last + this.changes;
        const asked = { after: this.lines.last, change: this.changes };
        const { missing } = (await this.seat.send(asked)) as { missing: Message[] };
        for (const message of missing) this.filled(message);
      }
    } catch {
      return; // no longer allowed here: close() says so
    } finally {
      this.filling = false;
    }
  }

  private filled(message: Message): void {
    const line = message as unknown as Line;
    if (message["type"] === "message") return this.show(line);
    if (message["type"] !== "changed") return;
    this.place.keep(() => this.lines.change(line));
    this.changes = Math.max(this.changes, line.change);
  }

  private hearSeen(person: string, number: number): void {
    if (person === this.dataset["me"]) this.told = Math.max(this.told, number);
    else this.seen.raise(person, number);
  }

  /** Tell the server how far we have read, while the page is really being looked at. */
  private look(): void {
    if (!this.seat || !this.isLookedAt()) return;
    const shown = this.lines.numbered.findLast((item) => this.place.shows(item));
    const number = Number(shown?.dataset["number"] ?? 0);
    if (number <= this.told) return;
    this.told = number;
    this.seat.send({ seen: number }).catch(() => undefined); // refused: no longer allowed here
  }

  private isLookedAt(): boolean {
    return document.visibilityState === "visible" && document.hasFocus();
  }

  private close(reason: string): void {
    if (reason === "too-many") return;
    this.store.forget();
    this.composer?.close();
  }
}

customElements.define("conversation-pane", ConversationPane);
