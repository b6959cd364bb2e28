// The others' pictures: one tile each, kept while somebody is there, so that a video never flickers.
//
//   tiles.draw(roster.present, (person) => names.get(person));

import { part } from "./parts.ts";
import type { Present } from "./roster.ts";
import type { Speakers } from "./speakers.ts";
import type { Words } from "./words.ts";

export class Tiles {
  private readonly shown = new Map<string, HTMLElement>();
  private readonly grid: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly words: Words,
    /** The browser wants a press before it plays sound. */
    private readonly silent: () => void,
    private readonly speakers: Speakers,
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
    this.drawShared(present.find((one) => one.screen && one.peer.way !== "connecting"), called);
    part(this.root, "waiting", HTMLElement).hidden = present.length > 0;
  }

  play(): void {
    for (const video of this.videos) void video.play().catch(() => undefined);
  }

  /** The picture to be put into a small window: what is shared, else a face. */
  get best(): HTMLVideoElement | undefined {
    return this.videos.find((video) => video.videoWidth > 0);
  }

  private get videos(): HTMLVideoElement[] {
    return [part(this.root, "shared-video", HTMLVideoElement), ...this.grid.querySelectorAll("video")];
  }

  private drawShared(sharing: Present | undefined, called: (person: string) => string): void {
    const figure = part(this.root, "shared", HTMLElement);
    figure.hidden = sharing === undefined;
    this.grid.classList.toggle("beside-screen", sharing !== undefined);
    const video = part(figure, "shared-video", HTMLVideoElement);
    if (!sharing) return void (video.srcObject = null);
    part(figure, "shared-caption", HTMLElement).textContent = this.words("screen-of", { name: called(sharing.person) });
    this.run(video, sharing.peer.screen);
  }

  private run(video: HTMLVideoElement, stream: MediaStream): void {
    if (video.srcObject === stream) return;
    video.srcObject = stream;
    this.speakers.apply(video);
    video.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") this.silent();
    });
  }

  /** A sign that rises over somebody's picture and is gone. */
  sign(person: string, sign: string): void {
    const tile = this.grid.querySelector(`[data-person="${CSS.escape(person)}"]`);
    if (!tile) return;
    const shown = document.createElement("span");
    shown.className = "call-sign";
    shown.textContent = sign;
    shown.setAttribute("aria-hidden", "true");
    tile.append(shown);
    setTimeout(() => shown.remove(), 4_000);
  }

  private drawOne(one: Present, name: string): void {
    const tile = this.shown.get(one.place) ?? this.make(one, name);
    const video = part(tile, "video", HTMLVideoElement);
    this.run(video, one.peer.stream);
    const picture = one.camera && one.peer.way !== "connecting";
    tile.classList.toggle("without-picture", !picture);
    tile.classList.toggle("shaky", one.peer.way === "shaky" || one.peer.way === "blocked");
    const notes = [one.microphone ? "" : this.words("muted"), one.camera ? "" : this.words("no-camera")].filter(Boolean);
    part(tile, "hand", HTMLElement).hidden = !one.hand;
    part(tile, "caption", HTMLElement).textContent = [name, ...notes].join(" · ");
  }

  private make(one: Present, name: string): HTMLElement {
    const copy = part(this.root, "tile", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const tile = part(copy, "one", HTMLElement);
    tile.dataset.person = one.person;
    part(tile, "video", HTMLVideoElement).setAttribute("aria-label", this.words("picture-of", { name }));
    const face = this.root.querySelector<HTMLTemplateElement>(`template[data-face="${CSS.escape(one.person)}"]`);
    if (face) part(tile, "face", HTMLElement).append(face.content.cloneNode(true));
    this.grid.append(tile);
    this.shown.set(one.place, tile);
    return tile;
  }
}
