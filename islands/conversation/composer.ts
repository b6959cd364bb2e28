// The field where a message is written. What stands in it is kept with every key, and followed by other tabs.
//
//   const composer = new Composer(form, store, (text, asks) => …);

import type { Store } from "./store.ts";

export class Composer {
  readonly text: HTMLTextAreaElement;
  private readonly asks: HTMLInputElement;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly store: Store,
    private readonly send: (text: string, pleaseAnswer: boolean) => void,
  ) {
    this.text = form.elements.namedItem("text") as HTMLTextAreaElement;
    this.asks = form.elements.namedItem("please_answer") as HTMLInputElement;
    this.text.value ||= store.draft;
    this.text.addEventListener("input", () => (store.draft = this.text.value));
    this.text.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("storage", (event) => this.follow(event));
  }

  /** Words come back to be written anew, before what was begun meanwhile. */
  take(words: string): void {
    this.text.value = this.text.value.trim() ? `${words}\n\n${this.text.value}` : words;
    this.store.draft = this.text.value;
    this.text.focus();
  }

  /** Signed out, or no longer allowed here: nothing can be written, and nothing is left standing. */
  close(): void {
    this.text.value = "";
    this.form.querySelector("fieldset")?.setAttribute("disabled", "");
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    // On glass, Enter is how one begins a line; the button sends.
    if (!event.ctrlKey && !event.metaKey && !matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const words = this.text.value.trim();
    if (words) {
      const asks = this.asks.checked;
      this.store.draft = this.text.value = "";
      this.asks.checked = false;
      this.form.querySelector(".error")?.remove();
      this.send(words, asks);
    }
    this.text.focus({ preventScroll: true });
  }

  /** Another tab wrote on, or sent: so does this one, unless something of its own stands here. */
  private follow({ key, oldValue, newValue }: StorageEvent): void {
    if (key === this.store.draftKey && this.text.value === (oldValue ?? "")) this.text.value = newValue ?? "";
  }
}
