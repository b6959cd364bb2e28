// This person's microphone and camera: asked for gently, switched off for real, changed in mid-call.
//
//   const own = new OwnMedia("full", () => draw());
//   await own.start({ microphone: true, camera: true });
//   own.trouble?.camera === "refused"   // the call goes on without
//   await own.setCamera(false);         // the light goes out: the track is stopped, not only hidden

import { Blur } from "./blur.ts";

export type Camera = "full" | "small" | "never";
export type Device = "microphone" | "camera";
export type Trouble = "refused" | "none" | "busy" | "unblurred";

export interface Wanted {
  microphone: boolean;
  camera: boolean;
  microphoneId?: string | undefined;
  cameraId?: string | undefined;
  blur?: boolean | undefined;
}

const SMALL = { width: { ideal: 320 }, height: { ideal: 240 }, frameRate: { max: 15 } };
const FULL = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

export class OwnMedia {
  microphone: MediaStreamTrack | undefined;
  camera: MediaStreamTrack | undefined;
  /** The camera with its background blurred, while that is on: shown and sent in the camera's place. */
  blurred: MediaStreamTrack | undefined;
  blur = false;
  muted = false;
  trouble: Partial<Record<Device, Trouble>> = {};
  private chosen: Partial<Record<Device, string>> = {};

  constructor(
    readonly camera_use: Camera,
    private readonly changed: () => void,
    readonly blurring: Blur = new Blur(""),
  ) {}

  /** Asks for both at once, so that the browser asks the person once; then for each by itself if that fails. */
  async start(wanted: Wanted): Promise<void> {
    this.chosen = { ...(wanted.microphoneId && { microphone: wanted.microphoneId }), ...(wanted.cameraId && { camera: wanted.cameraId }) };
    this.muted = !wanted.microphone;
    this.blur = wanted.blur === true && this.blurring.possible;
    const camera = wanted.camera && this.camera_use !== "never";
    if (!camera || !(await this.open(["microphone", "camera"]))) {
      await this.open(["microphone"]);
      if (camera) await this.open(["camera"]);
    }
    await this.soften();
    this.changed();
  }

  get cameraOn(): boolean {
    return this.camera !== undefined;
  }

  /** What others may see: with a blurred background wanted, that or nothing. */
  get picture(): MediaStreamTrack | undefined {
    return this.blur ? this.blurred : this.camera;
  }

  /** False when this browser cannot: then the camera is switched off rather than shown as it is. */
  async setBlur(on: boolean): Promise<boolean> {
    this.blur = on;
    const able = await this.soften();
    this.changed();
    return able;
  }

  /** Whether the others can hear this person. */
  get microphoneOn(): boolean {
    return this.microphone !== undefined && !this.muted;
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.muted = !on;
    if (on && !this.microphone) await this.open(["microphone"]);
    if (this.microphone) this.microphone.enabled = on;
    this.changed();
  }

  async setCamera(on: boolean): Promise<void> {
    if (on && !this.camera && this.camera_use !== "never") await this.open(["camera"]);
    if (!on) this.close("camera");
    await this.soften();
    this.changed();
  }

  async choose(device: Device, id: string): Promise<void> {
    this.chosen[device] = id;
    if (this[device]) {
      this.close(device);
      await this.open([device]);
      await this.soften();
      this.changed();
    }
  }

  chosenId(device: Device): string | undefined {
    return this[device]?.getSettings().deviceId ?? this.chosen[device];
  }

  stop(): void {
    this.close("microphone");
    this.close("camera");
  }

  private async soften(): Promise<boolean> {
    const camera = this.camera;
    if (!this.blur || !camera) {
      this.sharp();
      return true;
    }
    if (this.blurred) return true;
    try {
      const track = await this.blurring.over(camera);
      if (this.camera !== camera || !this.blur) return this.soften();
      this.blurred = track;
      track.onended = () => this.unable();
      return true;
    } catch (error) {
      console.warn("call: blur", error);
      this.unable();
      return false;
    }
  }

  private unable(): void {
    this.close("camera");
    this.blur = false;
    this.trouble.camera = "unblurred";
    this.changed();
  }

  private sharp(): void {
    if (this.blurred) this.blurred.onended = null;
    this.blurred = undefined;
    this.blurring.stop();
  }

  private close(device: Device): void {
    const track = this[device];
    this[device] = undefined;
    if (device === "camera") this.sharp();
    if (!track) return;
    track.onended = null;
    track.stop();
  }

  private async open(devices: Device[]): Promise<boolean> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: devices.includes("microphone") && this.audio(),
        video: devices.includes("camera") && this.video(),
      });
      for (const track of stream.getTracks()) this.keep(track.kind === "audio" ? "microphone" : "camera", track);
      return true;
    } catch (error) {
      for (const device of devices) this.trouble[device] = troubleOf(error);
      return false;
    }
  }

  private keep(device: Device, track: MediaStreamTrack): void {
    this.close(device);
    delete this.trouble[device];
    this[device] = track;
    if (device === "microphone") track.enabled = !this.muted;
    track.onended = () => {
      // Unplugged, or taken away by the system.
      this[device] = undefined;
      if (device === "camera") this.sharp();
      this.trouble[device] = "none";
      this.changed();
    };
  }

  private audio(): MediaTrackConstraints {
    const id = this.chosen.microphone;
    return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(id && { deviceId: { ideal: id } }) };
  }

  private video(): MediaTrackConstraints {
    const id = this.chosen.camera;
    return { ...(this.camera_use === "small" ? SMALL : FULL), facingMode: "user", ...(id && { deviceId: { ideal: id } }) };
  }
}

export async function devicesOf(device: Device): Promise<MediaDeviceInfo[]> {
  const kind = device === "microphone" ? "audioinput" : "videoinput";
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return all.filter((info) => info.kind === kind && info.deviceId && info.label);
}

function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "none";
}
