// The element: holds the parts together. What each does stands in its own file.

import { prefix } from "../live/prefix.ts";
import { NotTaken, connect, type Message, type Seat } from "../live/socket.ts";
import { Controls } from "./controls.ts";
import { OwnMedia, type Camera } from "./media.ts";
import { forget, recall, remember, type Choices } from "./memory.ts";
import { part } from "./parts.ts";
import { Preview } from "./preview.ts";
import { Reporter } from "./reporter.ts";
import { Roster } from "./roster.ts";
import { Stage } from "./stage.ts";
import { wordsOf, type Words } from "./words.ts";

/** Alone again after having talked: nobody meant to leave a call open over night. */
const ALONE = 10 * 60_000;
const GOODBYE = 2_500;

export class CallRoom extends HTMLElement {
  private words!: Words;
  private own!: OwnMedia;
  private preview!: Preview;
  private stage!: Stage;
  private roster!: Roster;
  private reporter!: Reporter;
  private controls!: Controls;
  private seat: Seat | undefined;
  private choices: Choices = { joined: false, camera: true, microphone: true };
  private alone: ReturnType<typeof setTimeout> | undefined;
  private going = false;

  connectedCallback(): void {
    const kept = recall(this.call);
    if (kept) this.choices = kept;
    this.build();
    if (kept?.joined) {
      this.preview.close();
      this.stage.open(this.words("back"));
      void this.own.start(this.choices).then(() => this.join());
    } else {
      void this.preview.open();
    }
  }

  private get call(): string {
    return this.getAttribute("call") ?? "";
  }

  /** Names by person, from the page; those who came into the relationship later are told by the topic. */
  private people: Record<string, string> = {};

  private build(): void {
    this.words = wordsOf(this);
    const use = (this.getAttribute("camera") ?? "full") as Camera;
    this.people = JSON.parse(this.getAttribute("people") ?? "{}") as Record<string, string>;
    this.own = new OwnMedia(use, () => this.ownChanged());
    this.preview = new Preview(part(this, "preview", HTMLElement), this.own, this.words, () => this.enter());
    this.stage = new Stage(part(this, "stage", HTMLElement), this.people, this.words);
    this.controls = new Controls(this, this.own, {
      leave: () => void this.leave(),
      self: () => this.toggleSelf(),
      said: (text) => this.stage.announce(text),
      words: this.words,
    });
    this.roster = new Roster({
      me: this.getAttribute("me") ?? "",
      iceServers: JSON.parse(this.getAttribute("ice-servers") || "[]") as RTCIceServer[],
      small: use === "small",
      relay: (message) => void this.seat?.relay(message),
      own: () => this.own,
      changed: () => this.changed(),
      left: (person) => {
        this.reporter.flush();
        this.stage.announce(this.words("left", { name: this.people[person] ?? this.words("somebody") }));
      },
      superseded: () => this.standAside(),
    });
    this.reporter = new Reporter({
      peers: () => this.roster.present.map(({ person, peer }) => ({ person, pc: peer.pc })),
      muted: () => !this.own.microphoneOn,
      send: (report) => this.tell({ type: "report", ...report }),
    });
    addEventListener("pagehide", () => this.reporter.flush(), { capture: true });
    addEventListener("online", () => this.roster.retry());
  }

  private enter(): void {
    this.preview.close();
    this.stage.open(this.words("joining"));
    this.join();
  }

  private join(): void {
    this.choices.joined = true;
    this.keep();
    this.seat = connect().join(`call:${this.call}`, {
      onMessage: (message) => void this.hear(message),
      onReady: () => this.arrived(),
      onLost: () => this.lost(),
      onRefused: () => this.end(),
    });
    this.changed();
  }

  private arrived(): void {
    if (this.going) return;
    this.stage.online = true;
    this.roster.arrive();
    this.reporter.start();
    this.changed();
  }

  private lost(): void {
    this.stage.online = false;
    this.reporter.stop();
    this.changed();
  }

  private async hear(message: Message): Promise<void> {
    if (message.type === "welcome") return this.stage.talkedBefore(Number(message.together) || 0);
    if (message.type === "name") return this.name(String(message.person), String(message.called));
    if (message.type !== "over") return this.roster.hear(message);
    if (this.going) return;
    if (message.again !== true) return this.end();
    this.going = true; // closed while the line was away: go on in a new one, with the same choices
    const { address } = (await this.seat?.send({ type: "again" })) ?? {};
    if (typeof address !== "string") return this.go();
    remember(address.split("/").filter(Boolean).at(-1) ?? "", this.choices);
    location.replace(address);
  }

  private name(person: string, called: string): void {
    this.people[person] = called;
    this.changed();
  }

  private tell(message: Message): void {
    if (!this.seat?.ready) return;
    this.seat.send({ ...message, seat: this.seat.id }).then(
      (answer) => answer.over && this.end(),
      (error: unknown) => error instanceof NotTaken || console.warn("call:", error),
    );
  }

  private async leave(): Promise<void> {
    if (this.going) return;
    this.going = true;
    this.reporter.flush();
    this.reporter.stop();
    this.roster.goodbye();
    const gone = this.seat?.send({ type: "leave" }).catch(() => undefined);
    await Promise.race([gone, new Promise((done) => setTimeout(done, GOODBYE))]);
    this.go();
  }

  /** Over, or not allowed any more: to the page that says what remains. */
  private end(): void {
    if (this.going) return;
    this.going = true;
    this.reporter.stop();
    this.go();
  }

  private go(): void {
    forget(this.call);
    this.own.stop();
    location.assign(this.getAttribute("after") ?? `${prefix}/`);
  }

  /** The person joined from somewhere else: be quiet here, and offer to come back. */
  private standAside(): void {
    if (this.going) return;
    this.going = true;
    this.reporter.stop();
    this.roster.goodbye();
    this.seat?.leave();
    this.own.stop();
    forget(this.call);
    this.stage.moved();
  }

  private ownChanged(): void {
    this.preview.draw();
    this.roster.tellState();
    this.keep();
    this.changed();
  }

  private keep(): void {
    Object.assign(this.choices, {
      camera: this.own.cameraOn,
      microphone: !this.own.muted,
      cameraId: this.own.chosenId("camera"),
      microphoneId: this.own.chosenId("microphone"),
    });
    if (this.choices.joined) remember(this.call, this.choices);
  }

  /** Seeing oneself all the time tires: it is on while waiting, and afterwards for those who want it. */
  private get selfShown(): boolean {
    return this.choices.self ?? this.roster.present.length === 0;
  }

  private toggleSelf(): void {
    this.choices.self = !this.selfShown;
    this.keep();
    this.changed();
  }

  private changed(): void {
    const { present } = this.roster;
    this.controls.draw(this.selfShown);
    this.stage.draw(present, this.own, this.selfShown);
    clearTimeout(this.alone);
    if (!present.length && this.stage.talked) this.alone = setTimeout(() => void this.leave(), ALONE);
  }
}
