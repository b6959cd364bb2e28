// The field where a message is written. What stands in it is kept with every key, and followed by other tabs.
//
//   const composer = new Composer(pane, form, store, { send: (written) => …, edit: (target, text) => …, last: () => … });

import { About, type Target } from "./about.ts";
import type { Store, Unsent, Written } from "./store.ts";
import { Tray } from "./tray.ts";
import { Voice } from "./voice.ts";

export interface Desk {
  send(written: Written): void;
  /** Resolves to a sentence when the new words were refused. */
  edit(target: Target, text: string): Promise<string | undefined>;
  /** The last message of one's own that can be edited. */
  editLast(): void;
}

export class Composer {
  readonly text: HTMLTextAreaElement;
  private readonly asks: HTMLInputElement;
  private readonly about: About;
  private readonly tray: Tray;
  private sendsThen = false;

  constructor(
    private readonly pane: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly store: Store,
    private readonly desk: Desk,
  ) {
    this.text = form.elements.namedItem("text") as HTMLTextAreaElement;
    this.asks = form.elements.namedItem("please_answer") as HTMLInputElement;
    this.about = new About(pane, form, () => this.leave());
    this.tray = new Tray(pane, form, store, () => this.filesChanged());
    new Voice(pane, form, (blob, name, told) => this.tray.give(blob, name, told), (sentence) => this.say(sentence));
    this.text.value ||= store.draft;
    this.text.addEventListener("input", () => this.keep());
    this.text.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("storage", (event) => this.follow(event));
    const kept = store.editing;
    if (kept) this.edit(kept.target, kept.text);
  }

  /** Words come back to be written anew, before what was begun meanwhile. */
  take({ text, kept }: Unsent): void {
    this.text.value = this.text.value.trim() ? `${text}\n\n${this.text.value}` : text;
    this.tray.take(kept ?? []);
    this.keep();
    this.text.focus();
  }

  reply(item: HTMLElement): void {
    this.leave();
    this.about.reply(item);
    this.text.focus();
  }

  /** What was begun meanwhile waits as the draft that it is. */
  edit(target: Target, words: string): void {
    this.about.edit(target, words);
    this.text.value = words;
    this.keep();
    this.text.focus();
    this.text.setSelectionRange(words.length, words.length);
  }

  /** Signed out, or no longer allowed here: nothing can be written, and nothing is left standing. */
  close(): void {
    this.text.value = "";
    this.about.nothing();
    this.form.querySelector("fieldset")?.setAttribute("disabled", "");
  }

  private keep(): void {
    this.sendsThen = false;
    if (this.about.editing) this.store.editing = { target: this.about.editing, text: this.text.value };
    else this.store.draft = this.text.value;
  }

  /** Back to a new message, with what had been begun. */
  private leave(): void {
    if (this.about.editing) {
      this.store.editing = undefined;
      this.text.value = this.store.draft;
    }
    this.about.nothing();
    this.unsay();
    this.text.focus({ preventScroll: true });
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.about.isSomething) return this.leave();
    if (event.key === "ArrowUp" && !this.text.value && !this.about.editing) {
      event.preventDefault();
      return this.desk.editLast();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    // On glass, Enter is how one begins a line; the button sends.
    const pressed = event.ctrlKey || event.metaKey;
    if (!pressed && (this.form.dataset["sends"] === "ctrl" || !matchMedia("(pointer: fine)").matches)) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const words = this.text.value.trim();
    this.unsay();
    if (words && this.about.editing) void this.save(this.about.editing, words);
    else if (this.tray.busy) this.wait();
    else if ((words || this.tray.files.length) && !this.tray.stuck) this.send(words);
    this.text.focus({ preventScroll: true });
  }

  private send(text: string): void {
    const written: Written = { text, please_answer: this.asks.checked };
    if (this.about.answers) written.answers = this.about.answers;
    if (this.tray.files.length) {
      written.kept = this.tray.files;
      written.files = written.kept.map(({ id }) => id);
      this.tray.clear();
    }
    this.store.draft = this.text.value = "";
    this.asks.checked = false;
    this.about.nothing();
    this.desk.send(written);
  }

  /** Files are still on their way: the message goes when they are there, unless something is changed before. */
  private wait(): void {
    this.sendsThen = true;
    this.say(this.pane.dataset["sendsThen"], "soft small");
  }

  private filesChanged(): void {
    if (!this.sendsThen || this.tray.busy) return;
    this.sendsThen = false;
    this.form.requestSubmit();
  }

  /** The words stay in the field until the server has them for good. */
  private async save(target: Target, words: string): Promise<void> {
    this.about.saving();
    const refused = await this.desk.edit(target, words);
    if (this.about.editing?.id !== target.id) return; // left meanwhile
    if (refused === undefined) return this.leave();
    this.about.edit(target, words);
    this.say(refused);
  }

  /** Why something was refused, beside what is being written. */
  say(sentence: string | undefined, kind = "error"): void {
    this.unsay();
    if (sentence === undefined) return;
    const error = document.createElement("p");
    error.className = `said ${kind}`;
    error.role = kind === "error" ? "alert" : "status";
    error.textContent = sentence;
    this.text.after(error);
  }

  private unsay(): void {
    for (const error of this.form.querySelectorAll(".said, .error")) error.remove();
  }

  /** Another tab wrote on, or sent: so does this one, unless something of its own stands here. */
  private follow({ key, oldValue, newValue }: StorageEvent): void {
    if (key !== this.store.draftKey || this.about.editing) return;
    if (this.text.value === (oldValue ?? "")) this.text.value = newValue ?? "";
  }
}
