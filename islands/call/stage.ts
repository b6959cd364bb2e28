// The running call as it is seen: the others large, oneself small, how the connection stands, how long it has been.

import type { OwnMedia } from "./media.ts";
import { part } from "./parts.ts";
import type { Present } from "./roster.ts";
import { Tiles } from "./tiles.ts";
import type { Words } from "./words.ts";

export class Stage {
  online = false;
  private readonly tiles: Tiles;
  private seconds = 0;
  private since: number | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly people: Record<string, string>,
    private readonly words: Words,
  ) {
    const sound = part(root, "sound", HTMLElement);
    this.tiles = new Tiles(root, words, () => (sound.hidden = false));
    sound.onclick = () => {
      sound.hidden = true;
      this.tiles.play();
    };
  }

  /** Over the whole window; everything behind it can no longer be reached. */
  open(said: string): void {
    this.root.hidden = false;
    document.documentElement.classList.add("in-call");
    for (const behind of document.querySelectorAll<HTMLElement>(".bar, .skip, .foot")) behind.inert = true;
    part(this.root, "heading", HTMLElement).focus();
    this.status(said);
    setInterval(() => this.tick(), 1_000);
  }

  talkedBefore(seconds: number): void {
    if (!this.talked) this.seconds = seconds; // later we have counted ourselves
    this.tick();
  }

  /** Whether anybody else has been here. */
  get talked(): boolean {
    return this.seconds > 0 || this.since !== undefined;
  }

  draw(present: Present[], own: OwnMedia, self: boolean): void {
    this.tiles.draw(present, (person) => this.called(person));
    this.drawSelf(own, self);
    this.count(present.some(({ peer }) => peer.way === "connected"));
    this.status(this.state(present));
  }

  announce(text: string): void {
    part(this.root, "said", HTMLElement).textContent = text;
  }

  moved(): void {
    this.online = false;
    part(this.root, "moved", HTMLElement).hidden = false;
    this.tiles.draw([], () => "");
    part(this.root, "waiting", HTMLElement).hidden = true;
    this.count(false);
    this.status(this.words("moved"));
  }

  private state(present: Present[]): string {
    if (!this.online) return this.words(this.talked || present.length ? "offline" : "joining");
    if (!present.length) return this.words(this.talked ? "alone-again" : "alone", { name: this.everybody() });
    for (const way of ["blocked", "shaky", "connecting"] as const) {
      const one = present.find(({ peer }) => peer.way === way);
      if (one) return this.words(way, { name: this.called(one.person) });
    }
    return this.words("connected");
  }

  private drawSelf(own: OwnMedia, self: boolean): void {
    const figure = part(this.root, "self", HTMLElement);
    const video = part(figure, "self-video", HTMLVideoElement);
    const shown = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined;
    if (shown !== own.camera) video.srcObject = own.camera ? new MediaStream([own.camera]) : null;
    figure.hidden = !(self && own.camera);
  }

  private called(person: string): string {
    return this.people[person] ?? this.words("somebody");
  }

  private everybody(): string {
    return part(this.root, "heading", HTMLElement).textContent?.trim() ?? "";
  }

  private status(text: string): void {
    const place = part(this.root, "status", HTMLElement);
    if (place.textContent !== text) place.textContent = text;
  }

  private count(running: boolean): void {
    if (running) this.since ??= performance.now();
    else if (this.since !== undefined) {
      this.seconds += (performance.now() - this.since) / 1_000;
      this.since = undefined;
    }
  }

  private tick(): void {
    const running = this.since === undefined ? 0 : (performance.now() - this.since) / 1_000;
    const all = Math.floor(this.seconds + running);
    const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    const short = `${hours ? `${minutes}`.padStart(2, "0") : minutes}:${`${seconds}`.padStart(2, "0")}`;
    part(this.root, "timer", HTMLElement).textContent = hours ? `${hours}:${short}` : short;
  }
}
