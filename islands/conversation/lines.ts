// The list of messages: each number once and in order, own messages waiting at the end until they have a number.
//
//   const lines = new Lines(pane);
//   if (!lines.add(line)) …            // one before it is missing: ask for what comes after lines.last

import { Days } from "./days.ts";
import { dress, dressQuotes } from "./dress.ts";
import { showFiles } from "./files.ts";
import { nameOf } from "./names.ts";
import type { Unsent } from "./store.ts";
import type { Kept } from "./upload.ts";

export interface Line {
  number: number;
  id: string;
  client_id: string;
  sender: string;
  html: string;
  please_answer: boolean;
  sent_at: string;
  answer_by?: string | null;
  via: string;
  /** The number of its last change among all of the conversation. */
  change: number;
  edited: boolean;
  deleted: boolean;
  quoted: { number: number; sender: string; words: string } | null;
  /** Each sign with the ids of those who left it. */
  signs: [string, string[]][];
  files: Kept[];
  /** Who answers by which day of theirs, "2026-11-26", and has not yet. */
  promised: [string, string][];
  /** Its first words, as a reply shows them. */
  excerpt: string;
}

export class Lines {
  readonly list: HTMLElement;
  private readonly days: Days;
  private readonly me: string;

  constructor(private readonly pane: HTMLElement) {
    this.list = pane.querySelector<HTMLElement>("[data-lines]")!;
    this.me = pane.dataset["me"] ?? "";
    this.days = new Days(pane);
  }

  /** The number up to which nothing is missing. */
  get last(): number {
    return Number(this.numbered.at(-1)?.dataset["number"] ?? 0);
  }

  get numbered(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-number]")];
  }

  /** Show a message. A number that is there already changes nothing; false when one before it is missing. */
  add(line: Line): boolean {
    const last = this.last;
    if (line.number <= last) {
      this.waiting(line.client_id)?.remove();
      return true;
    }
    if (line.number > last + 1) return false;
    const item = this.waiting(line.client_id) ?? this.made(line.sender, line.client_id);
    item.id = `m${line.number}`;
    item.dataset["number"] = String(line.number);
    item.classList.remove("waiting", "refused");
    dress(this.pane, item, line);
    const time = part(item, "time") as HTMLTimeElement;
    time.dateTime = line.sent_at;
    time.textContent = this.days.clock(line.sent_at);
    time.hidden = false;
    part(item, "state").hidden = part(item, "again").hidden = true;
    this.asking(item, line);
    this.list.insertBefore(item, this.list.querySelector(".waiting"));
    this.beginDay(item, line.sent_at);
    this.answer(line.sender);
    return true;
  }

  /** What became of a message that is here; others are read when they are brought. */
  change(line: Line): void {
    const item = this.list.querySelector<HTMLElement>(`[data-number="${line.number}"]`);
    if (item) {
      dress(this.pane, item, line);
      if (line.deleted) part(item, "answered").hidden = true;
      if (part(item, "answered").hidden) this.asking(item, line);
    }
    dressQuotes(this.pane, line);
  }

  /** An own message on its way, or one that the server would not take. */
  await(message: Unsent): void {
    let item = this.waiting(message.client_id);
    if (!item) {
      if (this.list.querySelector(`[data-number][data-client="${CSS.escape(message.client_id)}"]`)) return;
      item = this.made(this.me, message.client_id);
      item.classList.add("waiting");
      part(item, "text").textContent = message.text;
      this.quoteKept(item, message.answers);
      if (message.kept?.length) showFiles(this.pane, part(item, "files"), message.kept);
      part(item, "asks").hidden = !message.please_answer;
      this.list.append(item);
    }
    const reason = message.refused;
    item.classList.toggle("refused", reason !== undefined);
    part(item, "state").hidden = reason !== undefined;
    part(item, "again").hidden = reason === undefined;
    part(item, "reason").textContent = reason ?? "";
  }

  takeAway(clientId: string): void {
    this.waiting(clientId)?.remove();
  }

  name(person: string): string {
    return nameOf(this.pane, person);
  }

  /** Where the reader stopped: before the last line, once. */
  markNew(): void {
    if (this.list.querySelector("[data-new]")) return;
    this.numbered.at(-1)?.before(pattern(this.pane, "new"));
  }

  unmarkNew(): void {
    this.list.querySelector("[data-new]")?.remove();
  }

  private quoteKept(item: HTMLElement, answers: string | undefined): void {
    const original = answers && this.list.querySelector<HTMLElement>(`[data-id="${CSS.escape(answers)}"]`);
    if (!original) return;
    part(item, "quoted").hidden = false;
    part(item, "quoted-name").textContent = this.name(original.dataset["sender"] ?? "");
    part(item, "quoted-words").textContent = (part(original, "text").textContent ?? "").trim().slice(0, 140);
  }

  private waiting(clientId: string): HTMLElement | null {
    return this.list.querySelector<HTMLElement>(`.waiting[data-client="${CSS.escape(clientId)}"]`);
  }

  private made(sender: string, clientId: string): HTMLElement {
    const item = pattern(this.pane, "line");
    item.dataset["client"] = clientId;
    item.dataset["sender"] = sender;
    item.classList.toggle("mine", sender === this.me);
    const name = part(item, "name");
    name.textContent = this.name(sender);
    name.classList.toggle("visually-hidden", sender === this.me || !("circle" in this.pane.dataset));
    return item;
  }

  private beginDay(item: HTMLElement, sentAt: string): void {
    const day = this.days.day(sentAt);
    const before = [...this.list.querySelectorAll<HTMLElement>(".day")].at(-1);
    if (before?.dataset["day"] === day) return;
    const head = pattern(this.pane, "day");
    head.dataset["day"] = day;
    head.textContent = this.days.heading(sentAt);
    item.before(head);
  }

  /** By when it is answered: as somebody said, else as both signed. Whoever is asked can say by when. */
  private asking(item: HTMLElement, line: Line): void {
    const asks = part(item, "asks");
    asks.hidden = !line.please_answer;
    asks.classList.replace("warn", "accent");
    part(item, "when").hidden = !line.please_answer || line.sender === this.me;
    (part(item, "when") as HTMLAnchorElement).href = `/messages/${line.id}/answer-by/`;
    if (line.promised.length) asks.textContent = line.promised.map(([who, day]) => this.promise(who, day)).join(", ");
    else if (line.answer_by) asks.textContent = this.days.due(line.answer_by);
  }

  private promise(person: string, day: string): string {
    const pattern = this.pane.dataset[person === this.me ? "youAnswerBy" : "answersBy"] ?? "{day}";
    return pattern.replace("{name}", () => this.name(person)).replace("{day}", this.days.near(day));
  }

  /** Whoever writes has answered what the others asked. */
  private answer(sender: string): void {
    for (const asks of this.list.querySelectorAll<HTMLElement>("[data-number] [data-part=asks]:not([hidden])")) {
      const item = asks.closest<HTMLElement>(".line")!;
      if (item.dataset["sender"] === sender) continue;
      asks.hidden = part(item, "when").hidden = true;
      part(item, "answered").hidden = false;
    }
  }
}

export function part(item: HTMLElement, name: string): HTMLElement {
  return item.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
}

export function pattern(pane: HTMLElement, of: string): HTMLElement {
  const template = pane.querySelector<HTMLTemplateElement>(`template[data-of="${of}"]`)!;
  return (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
}
