// How loud the microphone is, shown by a <meter>: proof that one will be heard before anybody listens.
//
//   const level = new Level(meter); level.follow(track); … level.stop();

export class Level {
  private context: AudioContext | undefined;
  private source: MediaStreamAudioSourceNode | undefined;
  private track: MediaStreamTrack | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly meter: HTMLMeterElement) {}

  follow(track: MediaStreamTrack | undefined): void {
    if (track === this.track) return;
    this.stop();
    if (!track) return;
    this.track = track;
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = 512;
    this.source = this.context.createMediaStreamSource(new MediaStream([track]));
    this.source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      this.meter.value = Math.min(1, power * 4);
    }, 100);
  }

  stop(): void {
    clearInterval(this.timer);
    this.source?.disconnect();
    void this.context?.close();
    this.track = this.context = this.source = undefined;
    this.meter.value = 0;
  }
}
