// Where the others are heard: a loudspeaker of one's choice, where browsers allow a page to choose.
//
//   await speakers.choose(id);  speakers.apply(video);  await speakers.chime();

export const canChoose = "setSinkId" in HTMLMediaElement.prototype;

export class Speakers {
  private id = "";

  get chosen(): string {
    return this.id;
  }

  async list(): Promise<MediaDeviceInfo[]> {
    if (!canChoose) return [];
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return all.filter((info) => info.kind === "audiooutput" && info.deviceId && info.label);
  }

  choose(id: string | undefined): void {
    this.id = id ?? "";
    for (const element of document.querySelectorAll<HTMLVideoElement>(".call-tile video, .call-shared video")) this.apply(element);
  }

  /** A loudspeaker that is gone meanwhile: then the system's own is heard. */
  apply(element: HTMLMediaElement): void {
    if (canChoose && element.sinkId !== this.id) void element.setSinkId(this.id).catch(() => undefined);
  }

  /** Two soft notes, to hear that one hears. */
  async chime(): Promise<void> {
    const context = new AudioContext();
    const end = context.createMediaStreamDestination();
    for (const [index, pitch] of [523, 784].entries()) {
      const tone = context.createOscillator();
      const loudness = context.createGain();
      const at = context.currentTime + index * 0.25;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.2, at);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
      tone.connect(loudness).connect(end);
      tone.start(at);
      tone.stop(at + 0.5);
    }
    const player = new Audio();
    player.srcObject = end.stream;
    this.apply(player);
    await player.play().catch(() => undefined);
    setTimeout(() => void context.close(), 1_200);
  }
}
