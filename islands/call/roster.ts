// Who is in the call: one place for each browser, known by a name that this page made up, so that a connection
// outlives the socket. The newest place of a person is the one that counts.
//
//   const roster = new Roster({ me, relay, …, changed });
//   roster.arrive();                 // after each (re)connection of the socket
//   roster.hear(message);            // everything that the topic relays
//   roster.present                   // the others, with their peers

import type { Message } from "../live/socket.ts";
import { RUNGS, lower, type Rung } from "./ladder.ts";
import { Peer, type Ice, type Said, type Sent } from "./peer.ts";
import type { Signal } from "./signalling.ts";

export interface Present {
  person: string;
  place: string;
  seat: string;
  camera: boolean;
  microphone: boolean;
  screen: boolean;
  hand: boolean;
  rung: Rung;
  peer: Peer;
  leaving?: ReturnType<typeof setTimeout> | undefined;
}

export interface Own {
  sent: Sent;
  microphoneOn: boolean;
  hand: boolean;
  rung: Rung;
}

export interface RosterOptions {
  me: string;
  ice: Ice;
  relay(message: Message): void;
  /** What we show of ourselves at the moment. */
  own(): Own;
  changed(): void;
  left(person: string): void;
  /** The same person joined somewhere else: that place counts now, not this one. */
  superseded(): void;
  /** Said over the call itself: captions, signs. */
  heard(person: string, said: Said): void;
}

/** How long somebody whose socket is gone is kept, in case only the socket is. */
const RETURN = 15_000;
const HOPELESS = 5;
const MOST = 3;

export class Roster {
  private place = crypto.randomUUID();
  private readonly places = new Map<string, Present>();

  constructor(private readonly options: RosterOptions) {}

  get present(): Present[] {
    return [...this.places.values()];
  }

  arrive(): void {
    this.options.relay({ type: "hello", ...this.state() });
    for (const one of this.places.values()) one.peer.retry();
  }

  tellState(): void {
    this.show();
    this.options.relay({ type: "state", ...this.state() });
  }

  /** Over the call itself, to everybody who can be reached. */
  say(said: Said): void {
    for (const one of this.places.values()) one.peer.say(said);
  }

  retry(): void {
    for (const one of this.places.values()) one.peer.retry();
  }

  goodbye(): void {
    this.options.relay({ type: "bye", place: this.place });
    for (const place of [...this.places.keys()]) this.remove(place);
  }

  hear(message: Message): void {
    const { type, from, person, place } = message;
    if (typeof from !== "string") return;
    if (type === "gone") return this.lose(from);
    if (typeof person !== "string" || typeof place !== "string") return;
    if (person === this.options.me) {
      if (type === "hello" && place !== this.place) this.options.superseded();
      return;
    }
    if (type === "hello" || type === "here") this.meet(message, from, person, place);
    const one = this.places.get(place);
    if (!one) return;
    if (type === "state") {
      Object.assign(one, stateIn(message));
      this.show();
    }
    if (type === "description" || type === "candidate") one.peer.receive(message as unknown as Signal);
    if (type === "bye") {
      this.remove(place);
      this.options.left(person);
    }
    this.options.changed();
  }

  private meet(message: Message, seat: string, person: string, place: string): void {
    for (const old of this.present) if (old.person === person && old.place !== place) this.remove(old.place);
    if (message.type === "hello") this.options.relay({ type: "here", to: seat, ...this.state() });
    const state = stateIn(message);
    const known = this.places.get(place);
    if (known) {
      clearTimeout(known.leaving);
      Object.assign(known, state, { seat, leaving: undefined });
      known.peer.retry();
    } else if (this.places.size < MOST) {
      this.places.set(place, { person, place, seat, ...state, peer: this.connect(place, person) });
    }
    this.show();
  }

  /** To each what both sides can carry. */
  private show(): void {
    const { sent, rung } = this.options.own();
    for (const one of this.places.values()) one.peer.show(sent, lower(rung, one.rung), this.places.size);
  }

  private connect(place: string, person: string): Peer {
    const peer = new Peer({
      initiator: this.place < place,
      ice: this.options.ice,
      heard: (said) => this.options.heard(person, said),
      send: (signal) => {
        const one = this.places.get(place);
        if (one) this.options.relay({ ...signal, to: one.seat, place: this.place });
      },
      changed: () => {
        if (peer.tries >= HOPELESS) this.renew();
        this.options.changed();
      },
    });
    return peer;
  }

  /** Nothing helps: begin anew with everybody, as a reload would. */
  private renew(): void {
    for (const place of [...this.places.keys()]) this.remove(place);
    this.place = crypto.randomUUID();
    this.arrive();
  }

  private lose(seat: string): void {
    const one = this.present.find((known) => known.seat === seat);
    if (!one) return;
    clearTimeout(one.leaving);
    one.leaving = setTimeout(() => {
      if (one.seat !== seat || this.places.get(one.place) !== one) return;
      if (one.peer.way === "connected") return this.lose(seat); // only their line to the server is away
      this.remove(one.place);
      this.options.left(one.person);
      this.options.changed();
    }, RETURN);
  }

  private remove(place: string): void {
    const one = this.places.get(place);
    if (!one) return;
    clearTimeout(one.leaving);
    one.peer.close();
    this.places.delete(place);
  }

  private state(): Message {
    const { sent, microphoneOn, hand, rung } = this.options.own();
    const camera = sent.camera !== undefined && (rung === "video" || rung === "small");
    return { place: this.place, camera, microphone: microphoneOn && rung !== "text", screen: sent.screen !== undefined, hand, rung };
  }
}

type State = Pick<Present, "camera" | "microphone" | "screen" | "hand" | "rung">;

function stateIn({ camera, microphone, screen, hand, rung }: Message): State {
  return {
    camera: camera === true,
    microphone: microphone === true,
    screen: screen === true,
    hand: hand === true,
    rung: RUNGS.find((each) => each === rung) ?? "video",
  };
}
