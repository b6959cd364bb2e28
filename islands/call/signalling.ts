// Perfect negotiation for one RTCPeerConnection: either side may offer at any time, and when both do, the polite one
// gives way. Messages are handled one at a time, in order: a candidate never overtakes the description it belongs to.
//
//   const signalling = new Signalling(pc, { polite, send, beforeAnswer });
//   signalling.receive({ type: "description", description });

export type Signal =
  | { type: "description"; description: RTCSessionDescriptionInit }
  | { type: "candidate"; candidate: RTCIceCandidateInit };

export interface SignallingOptions {
  polite: boolean;
  send(signal: Signal): void;
  /** The other side's offer is in place, our answer is not made yet: time to attach our tracks. */
  beforeAnswer(): Promise<void>;
}

export class Signalling {
  private making = false;
  private ignoring = false;
  private queue: Promise<void> = Promise.resolve();
  private early: RTCIceCandidateInit[] = [];

  constructor(
    private readonly pc: RTCPeerConnection,
    private readonly options: SignallingOptions,
  ) {
    pc.onnegotiationneeded = () => void this.offer();
    pc.onicecandidate = ({ candidate }) => candidate && options.send({ type: "candidate", candidate: candidate.toJSON() });
  }

  receive(signal: Signal): void {
    this.queue = this.queue.then(() => this.handle(signal)).catch((error: unknown) => console.warn("call: signalling", error));
  }

  /** Our offer may have been lost with the line: say it again. True when there was one to repeat. */
  repeatOffer(): boolean {
    const description = this.pc.localDescription;
    if (this.pc.signalingState !== "have-local-offer" || !description) return false;
    this.options.send({ type: "description", description });
    return true;
  }

  private async offer(): Promise<void> {
    try {
      this.making = true;
      await this.pc.setLocalDescription();
      this.tell();
    } catch (error) {
      if (this.pc.signalingState !== "closed") console.warn("call: offer", error);
    } finally {
      this.making = false;
    }
  }

  private tell(): void {
    const description = this.pc.localDescription;
    if (description) this.options.send({ type: "description", description });
  }

  private async handle(signal: Signal): Promise<void> {
    if (this.pc.signalingState === "closed") return;
    if (signal.type === "candidate") return this.addCandidate(signal.candidate);
    const { description } = signal;
    const collides = description.type === "offer" && (this.making || this.pc.signalingState !== "stable");
    this.ignoring = !this.options.polite && collides;
    if (this.ignoring) return;
    if (description.type === "answer" && this.pc.signalingState !== "have-local-offer") return; // an answer twice
    await this.pc.setRemoteDescription(description);
    for (const candidate of this.early.splice(0)) await this.addCandidate(candidate);
    if (description.type === "offer") {
      await this.options.beforeAnswer();
      await this.pc.setLocalDescription();
      this.tell();
    }
  }

  private async addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (!this.pc.remoteDescription) {
      this.early.push(candidate);
      return;
    }
    try {
      await this.pc.addIceCandidate(candidate);
    } catch (error) {
      if (!this.ignoring) throw error;
    }
  }
}
