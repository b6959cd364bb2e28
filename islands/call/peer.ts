// One browser on the other side: what we send it, what it sends us, and getting back to it when the way is lost.
//
//   const peer = new Peer({ initiator, ice, send, changed, heard });
//   peer.show({ voice, camera, screen, sound }, "video", 1);
//   peer.stream, peer.screen   // its sound and picture, and the screen that it shares, each for a <video>
//   peer.say({ caption: "…" }) // straight to the other browser, encrypted as the call is

import type { Rung } from "./ladder.ts";
import { safely } from "./safely.ts";
import { codeOf } from "./safety.ts";
import { Signalling, type Signal } from "./signalling.ts";
import { carries, spend, type Kind } from "./spend.ts";

export type Way = "connecting" | "connected" | "shaky" | "blocked";
export type Sent = Partial<Record<Kind, MediaStreamTrack | undefined>>;
export type Said = Record<string, unknown>;

export interface Ice {
  servers: RTCIceServer[];
  /** Through a relay alone: the other browser does not learn where this one is. */
  hidden: boolean;
}

export interface PeerOptions {
  /** Exactly one of two browsers begins: it makes the lines for sound and picture. It is also the impolite one. */
  initiator: boolean;
  ice: Ice;
  send(signal: Signal): void;
  changed(): void;
  heard(said: Said): void;
}

/** Milliseconds without a connection after which we look for another way; the initiator goes first. */
const PATIENCE = { new: 8_000, connecting: 5_000, disconnected: 1_000, failed: 200 };
const BLOCKED_AFTER = 3;
/** Not more often than this, in milliseconds, when a way that looks open brings nothing. */
const RESTARTS = 4_000;
/** The lines of a connection, in this order since the first offer. */
const LINES: [Kind, "audio" | "video"][] = [["voice", "audio"], ["camera", "video"], ["screen", "video"], ["sound", "audio"]];

export class Peer {
  readonly pc: RTCPeerConnection;
  readonly stream = new MediaStream();
  readonly screen = new MediaStream();
  way: Way = "connecting";
  tries = 0;
  code: string | undefined;
  private readonly signalling: Signalling;
  private ours: Sent = {};
  private rung: Rung = "video";
  private others = 1;
  private words: RTCDataChannel | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wasConnected = false;
  private restarted = 0;

  constructor(private readonly options: PeerOptions) {
    const { servers, hidden } = options.ice;
    this.pc = new RTCPeerConnection({ iceServers: servers, iceTransportPolicy: hidden ? "relay" : "all" });
    this.signalling = new Signalling(this.pc, {
      polite: !options.initiator,
      send: options.send,
      beforeAnswer: () => this.attach(),
    });
    this.pc.ontrack = ({ track, transceiver }) => {
      const [kind] = LINES[this.pc.getTransceivers().indexOf(transceiver)] ?? ["voice"];
      (kind === "screen" || kind === "sound" ? this.screen : this.stream).addTrack(track);
      track.onunmute = track.onmute = () => options.changed();
      options.changed();
    };
    this.pc.onconnectionstatechange = this.pc.oniceconnectionstatechange = () => this.look();
    this.pc.ondatachannel = ({ channel }) => this.talkOver(channel);
    if (options.initiator) {
      for (const [, media] of LINES) this.pc.addTransceiver(media, { direction: "sendrecv" });
      this.talkOver(this.pc.createDataChannel("words"));
    }
    this.look();
  }

  /** Send these from now on, as far as the rung carries them. The connection is not negotiated again. */
  show(ours: Sent, rung: Rung, others: number): void {
    [this.ours, this.rung, this.others] = [ours, rung, others];
    if (this.options.initiator || this.pc.remoteDescription) void this.attach();
  }

  receive(signal: Signal): void {
    this.signalling.receive(signal);
  }

  /** False when there is no way at the moment: it is not kept. */
  say(said: Said): boolean {
    if (this.words?.readyState !== "open") return false;
    this.words.send(JSON.stringify(said));
    return true;
  }

  /** The network changed, or the line to the server is back: look for a way again, at once. */
  retry(): void {
    if (this.pc.connectionState === "connected" && this.pc.signalingState === "stable") return;
    if (!this.signalling.repeatOffer() && (this.pc.localDescription || this.options.initiator)) this.pc.restartIce();
    this.look();
  }

  /** It looks connected, and nothing comes: the browser will notice in half a minute, we do now. */
  restart(): void {
    if (performance.now() - this.restarted < RESTARTS || this.pc.signalingState === "closed") return;
    this.restarted = performance.now();
    if (!this.signalling.repeatOffer()) this.pc.restartIce();
  }

  close(): void {
    clearTimeout(this.timer);
    this.pc.onconnectionstatechange = this.pc.oniceconnectionstatechange = this.pc.ontrack = null;
    this.pc.close();
  }

  private async attach(): Promise<void> {
    for (const [index, transceiver] of this.pc.getTransceivers().entries()) {
      const [kind] = LINES[index] ?? [];
      if (!kind) continue;
      if (transceiver.direction === "recvonly") transceiver.direction = "sendrecv";
      const track = carries(this.rung, kind) ? (this.ours[kind] ?? null) : null;
      if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
      if (track) await spend(transceiver.sender, kind, this.rung, this.others);
    }
  }

  private talkOver(channel: RTCDataChannel): void {
    this.words = channel;
    channel.onmessage = ({ data }) => safely(data, (said) => this.options.heard(said));
  }

  /** iceConnectionState may stay `new` for ever when nothing was found: every state but connected has its time. */
  private look(): void {
    clearTimeout(this.timer);
    const state = this.pc.connectionState;
    if (state === "closed") return;
    if (state === "connected") {
      this.wasConnected = true;
      this.tries = 0;
      void this.find();
      return this.stand("connected");
    }
    const patience = PATIENCE[state] + (this.options.initiator ? 0 : 2_000);
    this.timer = setTimeout(() => this.again(), patience);
    if (this.tries >= BLOCKED_AFTER) this.stand("blocked");
    else this.stand(this.wasConnected ? "shaky" : "connecting");
  }

  private async find(): Promise<void> {
    this.code ??= await codeOf(this.pc).catch(() => undefined);
    this.options.changed();
  }

  private again(): void {
    this.tries += 1;
    this.retry();
  }

  private stand(way: Way): void {
    if (way === this.way) return;
    this.way = way;
    this.options.changed();
  }
}
