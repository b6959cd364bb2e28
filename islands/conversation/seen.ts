// How far others have read: each stands at the last of my messages that they saw, in words.

import { part, type Lines } from "./lines.ts";

export class Seen {
  private readonly markers = new Map<string, number>();

  constructor(
    private readonly pane: HTMLElement,
    private readonly lines: Lines,
  ) {}

  /** A marker only rises. */
  raise(person: string, number: number): void {
    this.markers.set(person, Math.max(number, this.markers.get(person) ?? 0));
    this.show();
  }

  show(): void {
    const own = this.lines.numbered.filter((item) => item.classList.contains("mine"));
    const at = new Map<HTMLElement, string[]>();
    for (const [person, marker] of this.markers) {
      const item = own.findLast((each) => Number(each.dataset["number"]) <= marker);
      if (item) at.set(item, [...(at.get(item) ?? []), this.lines.name(person)]);
    }
    for (const item of own) {
      const names = at.get(item);
      const words = part(item, "seen-words");
      const said = names ? this.words(names) : "";
      if (words.textContent !== said) words.textContent = said;
      part(item, "seen").hidden = !names;
    }
  }

  private words(names: string[]): string {
    const { circle, seenByAll = "", seenBy = "" } = this.pane.dataset;
    return circle === undefined ? seenByAll : seenBy.replace("{names}", () => names.join(", "));
  }
}
