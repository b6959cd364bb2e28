// The element: holds the parts together. What each does stands in its own file.

import { prefix } from "../live/prefix.ts";
import { NotTaken, connect, type Message, type Seat } from "../live/socket.ts";
import { Blur } from "./blur.ts";
import { Controls, type Act } from "./controls.ts";
import { Desk } from "./desk.ts";
import { Devices } from "./devices.ts";
import type { Rung } from "./ladder.ts";
import { OwnMedia, type Camera } from "./media.ts";
import { forget, habit, keepHabit, recall, remember, type Choices, type Habit } from "./memory.ts";
import { Monitor } from "./monitor.ts";
import { part } from "./parts.ts";
import { Preview } from "./preview.ts";
import { Reporter } from "./reporter.ts";
import { Roster } from "./roster.ts";
import { Sharing } from "./sharing.ts";
import { Speakers } from "./speakers.ts";
import { Stage } from "./stage.ts";
import { Ticket } from "./ticket.ts";
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
  private monitor!: Monitor;
  private desk!: Desk;
  private devices!: Devices;
  private ticket!: Ticket;
  private readonly speakers = new Speakers();
  private readonly sharing = new Sharing(() => this.ownChanged());
  private seat: Seat | undefined;
  private choices: Choices = { joined: false, camera: true, microphone: true };
  private alone: ReturnType<typeof setTimeout> | undefined;
  private going = false;

  connectedCallback(): void {
    const before = habit();
    const kept = recall(this.call);
    const fresh = { joined: false, microphone: true, camera: !this.hasAttribute("by-voice") };
    this.choices = kept ?? { ...fresh, ...before, ...(this.hasAttribute("by-voice") && { camera: false }) };
    this.build();
    this.speakers.choose(this.choices.speakerId);
    if (kept?.joined || before?.straight) {
      this.preview.close();
      this.stage.open(this.words(kept?.joined ? "back" : "joining"));
      void this.own.start(this.choices).then(() => this.join());
    } else {
      if (before) this.preview.remembered(before);
      void this.preview.open(this.choices);
    }
  }

  private get call(): string {
    return this.getAttribute("call") ?? "";
  }

  /** How each other browser is reached: "host udp", "relay tcp". For tests of networks, and for whoever looks into a fault. */
  get ways(): string[] {
    return [...this.monitor.looks.values()].map(({ way }) => way);
  }

  /** Names by person, from the page; those who came into the relationship later are told by the topic. */
  private people: Record<string, string> = {};

  private build(): void {
    const [words, use, me] = [wordsOf(this), (this.getAttribute("camera") ?? "full") as Camera, this.getAttribute("me") ?? ""];
    this.words = words;
    this.people = JSON.parse(this.getAttribute("people") ?? "{}") as Record<string, string>;
    this.ticket = new Ticket(this.getAttribute("ticket") ?? "", this.getAttribute("ticket-address") ?? "");
    this.own = new OwnMedia(use, () => this.ownChanged(), new Blur(this.getAttribute("model") ?? ""));
    this.preview = new Preview(part(this, "preview", HTMLElement), this.own, this.speakers, words, {
      join: () => this.enter(),
      keep: (changed) => this.keepHabit(changed),
    });
    const stage = part(this, "stage", HTMLElement);
    this.stage = new Stage(stage, this.people, words, this.speakers, Date.parse(this.getAttribute("until") ?? ""));
    this.controls = new Controls(this, this.own, {
      act: (act) => this.act(act),
      said: (text) => this.stage.announce(text),
      words,
    });
    this.devices = new Devices(stage, this.own, this.speakers, () => this.keep());
    this.buildDesk(stage, me);
    this.buildConnections(me, use);
    addEventListener("pagehide", () => this.reporter.flush(), { capture: true });
    for (const [where, event] of [[window, "online"], [(navigator as { connection?: EventTarget }).connection, "change"]] as const) {
      where?.addEventListener(event, () => this.networkChanged());
    }
  }

  private buildDesk(stage: HTMLElement, me: string): void {
    this.desk = new Desk(stage, {
      words: this.words,
      me,
      relationship: this.getAttribute("relationship") ?? "",
      own: this.own,
      sharing: this.sharing,
      stage: this.stage,
      called: (person) => this.people[person] ?? this.words("somebody"),
      say: (said) => this.roster.say(said),
      changed: () => this.ownChanged(),
      kept: { chatFrom: this.choices.chatFrom, keepFrom: (chatFrom) => this.update({ chatFrom }) },
      choose: (rung) => this.monitor.choose(rung),
    });
    if (!this.sharing.possible) this.controls.hide("share");
    if (!this.own.blurring.possible) this.controls.hide("blur");
    if (!document.pictureInPictureEnabled) this.controls.hide("small-window");
  }

  private buildConnections(me: string, use: Camera): void {
    const servers = JSON.parse(this.getAttribute("ice-servers") || "[]") as RTCIceServer[];
    this.roster = new Roster({
      me,
      ice: { servers, hidden: this.hasAttribute("hidden-address") },
      relay: (message) => void this.seat?.relay(message),
      own: () => {
        const { microphone: voice, picture: camera, microphoneOn } = this.own;
        const { screen, sound } = this.sharing;
        return { sent: { voice, camera, screen, sound }, microphoneOn, hand: this.desk.hand, rung: this.monitor.ladder.rung };
      },
      changed: () => this.changed(),
      left: (person) => {
        this.reporter.flush();
        this.stage.announce(this.words("left", { name: this.people[person] ?? this.words("somebody") }));
      },
      superseded: () => this.standAside(),
      heard: (person, said) => this.desk.heard(person, said),
    });
    this.monitor = new Monitor({
      peers: () => this.roster.present,
      ceiling: use === "small" ? "small" : "video",
      changed: (byHand) => this.rungChanged(byHand),
      check: (patience) => connect().check(patience),
      online: () => this.stage.online,
    });
    this.reporter = new Reporter({
      peers: () => this.roster.present.map(({ person, peer }) => ({ person, pc: peer.pc })),
      muted: () => !this.own.microphoneOn,
      send: (report) => this.tell({ type: "report", ...report, rung: this.monitor.ladder.rung }),
    });
  }

  private act(act: Act): void {
    if (act === "leave") return void this.leave();
    if (act === "self") return this.toggleSelf();
    if (act === "more") void this.devices.draw();
    this.desk.act(act);
  }

  private rungChanged(byHand: boolean): void {
    const { rung, ceiling } = this.monitor.ladder;
    this.stage.tell(this.words(`rung-${rung}`));
    this.dataset.rung = rung;
    if (byHand) this.desk.choice(ceiling);
    if (rung === "text") this.desk.fallToText();
    this.ownChanged();
  }

  private networkChanged(): void {
    connect().check(1_500);
    this.roster.retry();
  }

  private enter(): void {
    this.preview.close();
    this.stage.open(this.words("joining"));
    this.join();
  }

  private join(): void {
    this.choices.joined = true;
    this.keep();
    this.desk.open();
    this.sit();
    this.monitor.start();
    this.changed();
  }

  private sit(): void {
    this.seat = connect().join(`call:${this.call}`, {
      seen: () => ({ ticket: this.ticket.shown }),
      onMessage: (message) => void this.hear(message),
      onReady: () => this.arrived(),
      onLost: () => this.lost(),
      onRefused: (reason) => void this.refused(reason),
    });
    this.ticket.renewThrough(this.seat);
  }

  private async refused(reason: string): Promise<void> {
    if (reason === "full") return this.stage.full();
    if (reason !== "ticket" || !(await this.ticket.fetch())) return this.end();
    this.sit();
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
    this.quiet();
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
    this.silence();
    location.assign(this.getAttribute("after") ?? `${prefix}/`);
  }

  /** The person joined from somewhere else: be quiet here, and offer to come back. */
  private standAside(): void {
    if (this.going) return;
    this.going = true;
    this.quiet();
    this.seat?.leave();
    this.silence();
    forget(this.call);
    this.stage.moved();
  }

  private quiet(): void {
    this.reporter.stop();
    this.monitor.stop();
    this.roster.goodbye();
  }

  private silence(): void {
    this.own.stop();
    this.sharing.stop();
  }

  private ownChanged(): void {
    this.preview.draw();
    this.roster.tellState();
    this.keep();
    this.changed();
  }

  private keep(): void {
    this.update({
      camera: this.own.cameraOn,
      microphone: !this.own.muted,
      blur: this.own.blur,
      cameraId: this.own.chosenId("camera"),
      microphoneId: this.own.chosenId("microphone"),
      speakerId: this.speakers.chosen,
    });
  }

  private update(changed: Partial<Choices>): void {
    Object.assign(this.choices, changed);
    if (!this.choices.joined) return;
    remember(this.call, this.choices);
    keepHabit(this.choices);
  }

  private keepHabit(changed: Partial<Habit>): void {
    Object.assign(this.choices, changed);
    keepHabit(this.choices);
  }

  /** Seeing oneself all the time tires: it is on while waiting, and afterwards for those who want it. */
  private get selfShown(): boolean {
    return this.choices.self ?? this.roster.present.length === 0;
  }

  private toggleSelf(): void {
    this.update({ self: !this.selfShown });
    this.changed();
  }

  private changed(): void {
    const { present } = this.roster;
    this.controls.draw({ ...this.desk.on, self: this.selfShown });
    this.stage.draw(present, this.own, this.selfShown);
    this.desk.draw(present);
    clearTimeout(this.alone);
    if (!present.length && this.stage.talked) this.alone = setTimeout(() => void this.leave(), ALONE);
  }
}
