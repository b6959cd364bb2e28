// One browser on the other side: what we send it, what it sends us, and getting back to it when the way is lost.
//
//   const peer = new Peer({ initiator, iceServers, small, send, changed });
//   peer.show(own.microphone, own.camera);
//   peer.stream   // its sound and picture, for a <video>

import { Signalling, type Signal } from "./signalling.ts";

export type Way = "connecting" | "connected" | "shaky" | "blocked";

export interface PeerOptions {
  /** Exactly one of two browsers begins: it makes the lines for sound and picture. It is also the impolite one. */
  initiator: boolean;
  iceServers: RTCIceServer[];
  /** A weak line: little is spent on the picture. */
  small: boolean;
  send(signal: Signal): void;
  changed(): void;
}

/** Milliseconds without a connection after which we look for another way; the initiator goes first. */
const PATIENCE = { new: 8_000, connecting: 8_000, disconnected: 3_000, failed: 200 };
const BLOCKED_AFTER = 3;
const SMALL_BITS = 180_000;

export class Peer {
  readonly pc: RTCPeerConnection;
  readonly stream = new MediaStream();
  way: Way = "connecting";
  tries = 0;
  private readonly signalling: Signalling;
  private readonly ours: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null } = { audio: null, video: null };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wasConnected = false;

  constructor(private readonly options: PeerOptions) {
    this.pc = new RTCPeerConnection({ iceServers: options.iceServers });
    this.signalling = new Signalling(this.pc, {
      polite: !options.initiator,
      send: options.send,
      beforeAnswer: () => this.attach(),
    });
    this.pc.ontrack = ({ track }) => {
      this.stream.addTrack(track);
      track.onunmute = track.onmute = () => options.changed();
      options.changed();
    };
    this.pc.onconnectionstatechange = this.pc.oniceconnectionstatechange = () => this.look();
    if (options.initiator) {
      this.pc.addTransceiver("audio", { direction: "sendrecv" });
      this.pc.addTransceiver("video", { direction: "sendrecv" });
    }
    this.look();
  }

  /** Send these from now on; undefined sends nothing. The connection is not negotiated again. */
  show(microphone: MediaStreamTrack | undefined, camera: MediaStreamTrack | undefined): void {
    this.ours.audio = microphone ?? null;
    this.ours.video = camera ?? null;
    if (this.options.initiator || this.pc.remoteDescription) void this.attach();
  }

  receive(signal: Signal): void {
    this.signalling.receive(signal);
  }

  /** The network changed, or the line to the server is back: look for a way again, at once. */
  retry(): void {
    if (this.pc.connectionState === "connected" && this.pc.signalingState === "stable") return;
    if (!this.signalling.repeatOffer() && (this.pc.localDescription || this.options.initiator)) this.pc.restartIce();
    this.look();
  }

  close(): void {
    clearTimeout(this.timer);
    this.pc.onconnectionstatechange = this.pc.oniceconnectionstatechange = this.pc.ontrack = null;
    this.pc.close();
  }

  private async attach(): Promise<void> {
    for (const transceiver of this.pc.getTransceivers()) {
      const kind = transceiver.receiver.track.kind === "audio" ? "audio" : "video";
      if (transceiver.direction === "recvonly") transceiver.direction = "sendrecv";
      if (transceiver.sender.track !== this.ours[kind]) await transceiver.sender.replaceTrack(this.ours[kind]);
      if (kind === "video" && this.options.small) await spendLittle(transceiver.sender);
    }
  }

  /** iceConnectionState may stay `new` for ever when nothing was found: every state but connected has its time. */
  private look(): void {
    clearTimeout(this.timer);
    const state = this.pc.connectionState;
    if (state === "closed") return;
    if (state === "connected") {
      this.wasConnected = true;
      this.tries = 0;
      return this.say("connected");
    }
    const patience = PATIENCE[state] + (this.options.initiator ? 0 : 2_000);
    this.timer = setTimeout(() => this.again(), patience);
    if (this.tries >= BLOCKED_AFTER) this.say("blocked");
    else this.say(this.wasConnected ? "shaky" : "connecting");
  }

  private again(): void {
    this.tries += 1;
    this.retry();
  }

  private say(way: Way): void {
    if (way === this.way) return;
    this.way = way;
    this.options.changed();
  }
}

async function spendLittle(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  const [first] = parameters.encodings;
  if (!first || first.maxBitrate === SMALL_BITS) return;
  first.maxBitrate = SMALL_BITS;
  await sender.setParameters(parameters).catch(() => undefined); // before the first negotiation some browsers refuse
}
