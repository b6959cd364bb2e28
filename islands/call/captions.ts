// Typed captions: what one person writes while somebody talks, shown under the picture to everybody, at once. They go from
// browser to browser like the call itself, and nothing of them is kept.
//
//   const captions = new Captions(stage, (text) => roster.say({ caption: text }));
//   captions.show("Mira", "…and the second chapter by Friday");

import { part } from "./parts.ts";

const STAYS = 12_000;
const LONGEST = 300;
const KEPT = 3;

export class Captions {
  private readonly list: HTMLElement;
  private readonly form: HTMLFormElement;

  constructor(
    root: HTMLElement,
    private readonly say: (text: string) => void,
    private readonly own: string,
  ) {
    this.list = part(root, "captions", HTMLElement);
    this.form = part(root, "caption-form", HTMLFormElement);
    const field = part(this.form, "caption-text", HTMLInputElement);
    this.form.onsubmit = (event) => {
      event.preventDefault();
      const text = field.value.trim().slice(0, LONGEST);
      field.value = "";
      if (!text) return;
      this.say(text);
      this.show(this.own, text);
    };
  }

  get writing(): boolean {
    return !this.form.hidden;
  }

  toggle(): void {
    this.form.hidden = !this.form.hidden;
    if (!this.form.hidden) part(this.form, "caption-text", HTMLInputElement).focus();
  }

  show(name: string, text: string): void {
    const line = document.createElement("p");
    const who = document.createElement("strong");
    who.textContent = name;
    line.append(who, " ", text.slice(0, LONGEST));
    this.list.append(line);
    while (this.list.children.length > KEPT) this.list.firstElementChild?.remove();
    setTimeout(() => line.remove(), STAYS);
  }
}
