// Who is at which part and field: a small face beside it, and one polite sentence when somebody comes or moves on.
//
//   const here = new Here(element, "schedule");
//   here.hear(message);   here.lost();

import type { Message } from "../live/socket.ts";

export interface Place {
  part?: string;
  field?: string;
}

interface One {
  person: string;
  name: string;
  place: Place;
  at: number;
}

const STALE = 45_000;
const GATHER = 1_500;

export class Here {
  private readonly others = new Map<string, One>();
  private said = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly part: string,
    private readonly label: (field: string) => string,
  ) {}

  hear(message: Message): void {
    for (const one of Array.isArray(message.here) ? (message.here as Record<string, unknown>[]) : []) {
      const place = (one.cursor ?? {}) as Place;
      this.others.set(String(one.id), { person: String(one.person), name: String(one.name), place, at: Date.now() });
    }
    if (typeof message.gone === "string") this.others.delete(message.gone);
    this.show();
  }

  lost(): void {
    this.others.clear();
    this.show();
  }

  /** Who has said nothing for long is gone. */
  round(): void {
    for (const [id, one] of this.others) if (Date.now() - one.at > STALE) this.others.delete(id);
    this.show();
  }

  show(): void {
    document.querySelectorAll(".is-here").forEach((face) => face.remove());
    const seen = new Set<string>();
    for (const one of this.others.values()) {
      const spot = this.spotOf(one.place);
      const key = `${one.person} ${one.place.part} ${one.place.field}`;
      if (!spot || seen.has(key)) continue;
      seen.add(key);
      spot.append(this.face(one));
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(), GATHER);
  }

  private spotOf(place: Place): Element | null {
    if (place.part === this.part && place.field) {
      const control = document.querySelector(`.part-form [name="${CSS.escape(place.field)}"]`);
      if (control) return control.closest(".field");
    }
    if (place.part === this.part) return document.querySelector("[data-here]");
    return place.part ? document.querySelector(`[data-part="${CSS.escape(place.part)}"] .card-head`) : null;
  }

  private face(one: One): HTMLElement {
    const face = document.createElement("span");
    face.className = "is-here";
    face.title = one.name;
    const drawn = this.element.querySelector<HTMLTemplateElement>(`template[data-person="${CSS.escape(one.person)}"]`);
    if (drawn) face.append(drawn.content.cloneNode(true));
    return face;
  }

  /** At rest, and only what changed: never at every field that somebody passes. */
  private say(): void {
    const words = [...new Set([...this.others.values()].map((one) => this.sentence(one)))].filter(Boolean).join(" ");
    if (words === this.said) return;
    this.said = words;
    const place = this.element.querySelector("[data-announce]");
    if (place) place.textContent = words || (this.element.dataset.alone ?? "");
  }

  private sentence(one: One): string {
    const { here = "", at = "", field = "" } = this.element.dataset;
    if (one.place.part === this.part && one.place.field) {
      return field.replace("{name}", () => one.name).replace("{field}", () => this.label(one.place.field ?? ""));
    }
    const title = document.querySelector(`[data-part="${CSS.escape(one.place.part ?? "")}"] [data-title]`)?.textContent?.trim();
    if (title) return at.replace("{name}", () => one.name).replace("{part}", () => title);
    return one.place.part === this.part ? here.replace("{name}", () => one.name) : "";
  }
}
