// The others' pictures: one tile each, kept while somebody is there, so that a video never flickers.
//
//   tiles.draw(roster.present, (person) => names.get(person));

import { part } from "./parts.ts";
import type { Present } from "./roster.ts";
import type { Words } from "./words.ts";

export class Tiles {
  private readonly shown = new Map<string, HTMLElement>();
  private readonly grid: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly words: Words,
    /** The browser wants a press before it plays sound. */
    private readonly silent: () => void,
  ) {
    this.grid = part(root, "tiles", HTMLElement);
  }

  draw(present: Present[], called: (person: string) => string): void {
    for (const [place, tile] of this.shown) {
      if (present.some((one) => one.place === place)) continue;
      tile.remove();
      this.shown.delete(place);
    }
    for (const one of present) this.drawOne(one, called(one.person));
    this.grid.dataset.count = String(present.length);
    part(this.root, "waiting", HTMLElement).hidden = present.length > 0;
  }

  play(): void {
    for (const tile of this.shown.values()) void tile.querySelector("video")?.play().catch(() => undefined);
  }

  private drawOne(one: Present, name: string): void {
    const tile = this.shown.get(one.place) ?? this.make(one, name);
    const video = part(tile, "video", HTMLVideoElement);
    if (video.srcObject !== one.peer.stream) {
      video.srcObject = one.peer.stream;
      video.play().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === "NotAllowedError") this.silent();
      });
    }
    const picture = one.camera && one.peer.way !== "connecting";
    tile.classList.toggle("without-picture", !picture);
    tile.classList.toggle("shaky", one.peer.way === "shaky" || one.peer.way === "blocked");
    const notes = [one.microphone ? "" : this.words("muted"), one.camera ? "" : this.words("no-camera")].filter(Boolean);
    part(tile, "caption", HTMLElement).textContent = [name, ...notes].join(" · ");
  }

  private make(one: Present, name: string): HTMLElement {
    const copy = part(this.root, "tile", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const tile = part(copy, "one", HTMLElement);
    part(tile, "video", HTMLVideoElement).setAttribute("aria-label", this.words("picture-of", { name }));
    const face = this.root.querySelector<HTMLTemplateElement>(`template[data-face="${CSS.escape(one.person)}"]`);
    if (face) part(tile, "face", HTMLElement).append(face.content.cloneNode(true));
    this.grid.append(tile);
    this.shown.set(one.place, tile);
    return tile;
  }
}
