// Records a voice note: at most five minutes, with its length and how loud it was, for the drawing.
//
//   new Voice(pane, form, (blob, name, told) => tray.give(blob, name, told));

import { part } from "./lines.ts";
import type { Given } from "./upload.ts";

const LONGEST = 5 * 60; // seconds
const BARS = 48;
/** What most browsers play comes first. */
const KINDS = [["audio/mp4;codecs=mp4a.40.2", "m4a"], ["audio/webm;codecs=opus", "webm"], ["audio/ogg;codecs=opus", "ogg"], ["audio/mp4", "m4a"]] as const;

type Give = (blob: Blob, name: string, told: Given["told"]) => void;

export class Voice {
  private readonly bar: HTMLElement;
  private recorder: MediaRecorder | undefined;
  private sounds: AudioContext | undefined;
  private loud: number[] = [];
  private begun = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly pane: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly give: Give,
    private readonly say: (sentence: string) => void,
  ) {
    this.bar = form.querySelector<HTMLElement>("[data-recorder]")!;
    const button = form.querySelector<HTMLButtonElement>("[data-act=record]")!;
    button.hidden = false;
    button.addEventListener("click", () => void this.start());
    this.bar.querySelector("[data-act=stop]")!.addEventListener("click", () => this.recorder?.stop());
    this.bar.querySelector("[data-act=discard]")!.addEventListener("click", () => this.discard());
    addEventListener("pagehide", () => this.discard());
  }

  private async start(): Promise<void> {
    if (this.recorder) return;
    const kind = typeof MediaRecorder === "undefined" ? undefined : KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
    if (!kind || !navigator.mediaDevices) return this.pick();
    try {
      this.record(await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } }), kind);
    } catch {
      this.say(this.pane.dataset["noMicrophone"] ?? "");
    }
  }

  /** Where a page cannot record, the phone's own recorder may. */
  private pick(): void {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", accept: "audio/*" });
    input.setAttribute("capture", "");
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file) this.give(file, file.name, {});
    });
    input.click();
  }

  private record(stream: MediaStream, [type, ending]: (typeof KINDS)[number]): void {
    const pieces: Blob[] = [];
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32_000 });
    this.recorder = recorder;
    this.listen(stream);
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      const seconds = Math.max(1, Math.round((performance.now() - this.begun) / 1000));
      const kept = this.recorder === recorder;
      this.end(stream);
      const name = `${new Date().toISOString().slice(0, 16).replace(/[T:]/g, "-")}.${ending}`;
      if (kept) this.give(new Blob(pieces, { type: type.split(";")[0] ?? type }), name, { seconds, bars: barsOf(this.loud) });
    });
    recorder.start(1000);
    this.bar.hidden = false;
    this.form.classList.add("recording");
    this.bar.querySelector<HTMLElement>("[data-act=stop]")?.focus();
  }

  /** How loud it is, ten times a second. */
  private listen(stream: MediaStream): void {
    this.sounds = new AudioContext();
    const ear = this.sounds.createAnalyser();
    ear.fftSize = 1024;
    this.sounds.createMediaStreamSource(stream).connect(ear);
    const heard = new Float32Array(ear.fftSize);
    this.loud = [];
    this.begun = performance.now();
    this.timer = setInterval(() => {
      ear.getFloatTimeDomainData(heard);
      const power = heard.reduce((sum, each) => sum + each * each, 0) / heard.length;
      this.loud.push(Math.min(100, Math.round(400 * Math.sqrt(power))));
      this.draw();
      if (performance.now() - this.begun >= LONGEST * 1000) this.recorder?.stop();
    }, 100);
  }

  private draw(): void {
    const seconds = Math.floor((performance.now() - this.begun) / 1000);
    part(this.bar, "elapsed").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const canvas = part(this.bar, "loudness") as HTMLCanvasElement;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = getComputedStyle(canvas).color;
    for (const [at, loud] of this.loud.slice(-60).entries()) {
      const tall = Math.max(2, (loud / 100) * canvas.height);
      pen.fillRect(at * 4, (canvas.height - tall) / 2, 2, tall);
    }
  }

  private discard(): void {
    const recorder = this.recorder;
    this.recorder = undefined;
    recorder?.stop();
  }

  private end(stream: MediaStream): void {
    for (const track of stream.getTracks()) track.stop();
    clearInterval(this.timer);
    void this.sounds?.close();
    this.recorder = this.sounds = undefined;
    this.bar.hidden = true;
    this.form.classList.remove("recording");
    this.form.querySelector<HTMLElement>("[data-act=record]")?.focus();
  }
}

/** BARS values of 0 to 100, each the loudest of its part. */
export function barsOf(loud: number[]): number[] {
  const long = loud.length / BARS;
  return Array.from({ length: BARS }, (_, at) => {
    const some = loud.slice(Math.floor(at * long), Math.max(Math.floor(at * long) + 1, Math.floor((at + 1) * long)));
    return Math.max(0, ...some);
  });
}
