// Showing one's screen, with its sound where the browser gives it.
//
//   const sharing = new Sharing(() => changed());
//   await sharing.toggle();   // the browser asks which screen or window
//   sharing.screen, sharing.sound

export class Sharing {
  screen: MediaStreamTrack | undefined;
  sound: MediaStreamTrack | undefined;

  constructor(private readonly changed: () => void) {}

  /** Phones cannot. */
  readonly possible = typeof navigator.mediaDevices?.getDisplayMedia === "function";

  async toggle(): Promise<void> {
    if (this.screen) this.stop();
    else await this.start();
    this.changed();
  }

  stop(): void {
    for (const track of [this.screen, this.sound]) {
      if (!track) continue;
      track.onended = null;
      track.stop();
    }
    this.screen = this.sound = undefined;
  }

  private async start(): Promise<void> {
    const wanted: DisplayMediaStreamOptions = { video: { frameRate: { max: 15 } }, audio: { echoCancellation: false } };
    const stream = await navigator.mediaDevices.getDisplayMedia(wanted).catch(() => undefined); // thought better of it
    this.screen = stream?.getVideoTracks()[0];
    this.sound = stream?.getAudioTracks()[0];
    if (!this.screen) return;
    this.screen.contentHint = "detail";
    this.screen.onended = () => {
      this.stop();
      this.changed();
    };
  }
}
