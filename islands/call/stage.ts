// The running call as it is seen: the others large, oneself small, how the connection stands, how long it has been.

import type { OwnMedia } from "./media.ts";
import { part } from "./parts.ts";
import type { Present } from "./roster.ts";
import type { Speakers } from "./speakers.ts";
import { Tiles } from "./tiles.ts";
import type { Words } from "./words.ts";

/** Minutes before the planned end at which the timer says so. */
const SOON = 5;

export class Stage {
  online = false;
  readonly tiles: Tiles;
  private seconds = 0;
  private since: number | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly people: Record<string, string>,
    private readonly words: Words,
    speakers: Speakers,
    /** When the meeting is planned to end, in milliseconds since 1970 by the server's clock; NaN without a plan. */
    private readonly end: number,
  ) {
    const sound = part(root, "sound", HTMLElement);
    this.tiles = new Tiles(root, words, () => (sound.hidden = false), speakers);
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

  /** For those who see, too: a line that stands for a few seconds. */
  tell(text: string): void {
    this.announce(text);
    const place = part(this.root, "told", HTMLElement);
    place.textContent = text;
    place.hidden = false;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => (place.hidden = true), 6_000);
  }

  moved(): void {
    this.online = false;
    part(this.root, "moved", HTMLElement).hidden = false;
    this.tiles.draw([], () => "");
    part(this.root, "waiting", HTMLElement).hidden = true;
    this.count(false);
    this.status(this.words("moved"));
  }

  /** Every browser sends to every other: more than a few would do nobody good. */
  full(): void {
    part(this.root, "full", HTMLElement).hidden = false;
    part(this.root, "waiting", HTMLElement).hidden = true;
    this.status(this.words("full"));
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
    if (shown !== own.picture) video.srcObject = own.picture ? new MediaStream([own.picture]) : null;
    figure.hidden = !(self && own.picture);
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
    this.mark();
  }

  /** Five minutes before the planned end: said once, and shown; nothing is ended. */
  private mark(): void {
    const left = (this.end - Date.now()) / 60_000;
    const soon = left <= SOON && left > -60;
    const place = part(this.root, "soon", HTMLElement);
    if (soon && place.hidden) this.announce(this.words("soon"));
    place.hidden = !soon;
    if (soon) place.textContent = left > 0 ? this.words("minutes-left", { n: String(Math.ceil(left)) }) : this.words("time-is-up");
  }
}
