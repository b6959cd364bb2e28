// What the composer is about to do besides a new message: reply to one, or give one of ours other words.
//
//   about.reply(item);   about.edit(item, "as it was typed");   about.nothing();

import { part } from "./lines.ts";
import { nameOf } from "./names.ts";

export interface Target {
  id: string;
  number: number;
}

export class About {
  editing: Target | undefined;
  private readonly bar: HTMLElement;

  constructor(
    private readonly pane: HTMLElement,
    private readonly form: HTMLFormElement,
    left: () => void,
  ) {
    this.bar = form.querySelector<HTMLElement>("[data-about]")!;
    this.bar.querySelector("[data-act=not-about]")?.addEventListener("click", (event) => {
      event.preventDefault();
      left();
    });
  }

  /** The id of the message that is replied to, or "". */
  get answers(): string {
    return this.field.value;
  }

  get isSomething(): boolean {
    return Boolean(this.editing ?? this.answers);
  }

  reply(item: HTMLElement): void {
    this.nothing();
    this.field.value = item.dataset["id"] ?? "";
    const name = nameOf(this.pane, item.dataset["sender"] ?? "");
    this.say((this.pane.dataset["replying"] ?? "").replace("{name}", () => name), part(item, "text").textContent ?? "");
  }

  edit(target: Target, words: string): void {
    this.nothing();
    this.editing = target;
    this.say(this.pane.dataset["editing"] ?? "", words);
  }

  saving(): void {
    part(this.bar, "about-what").textContent = this.pane.dataset["saving"] ?? "";
  }

  nothing(): void {
    this.editing = undefined;
    this.field.value = "";
    this.bar.hidden = true;
  }

  private get field(): HTMLInputElement {
    return this.form.elements.namedItem("answers") as HTMLInputElement;
  }

  private say(what: string, words: string): void {
    part(this.bar, "about-what").textContent = what;
    part(this.bar, "about-words").textContent = words.trim().replace(/\s+/g, " ").slice(0, 140);
    this.bar.hidden = false;
  }
}
