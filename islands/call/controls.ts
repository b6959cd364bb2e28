// The buttons of a running call, and their keys: Ctrl+D microphone, Ctrl+E camera. What changed is also said aloud.

import type { OwnMedia } from "./media.ts";
import { setSwitch } from "./parts.ts";
import type { Words } from "./words.ts";

export interface ControlsOptions {
  leave(): void;
  self(): void;
  said(text: string): void;
  words: Words;
}

export class Controls {
  private readonly bar: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly own: OwnMedia,
    private readonly options: ControlsOptions,
  ) {
    this.bar = root.querySelector<HTMLElement>(".call-controls") ?? root;
    this.press("microphone", () => void this.microphone());
    this.press("camera", () => void this.camera());
    this.press("self", () => options.self());
    this.press("leave", () => options.leave());
    addEventListener("keydown", (event) => this.key(event));
  }

  draw(selfShown: boolean): void {
    this.set("microphone", this.own.microphoneOn);
    this.set("camera", this.own.cameraOn);
    this.set("self", selfShown);
    const self = this.button("self");
    if (self) self.hidden = !this.own.cameraOn;
  }

  private async microphone(): Promise<void> {
    await this.own.setMicrophone(!this.own.microphoneOn);
    const trouble = this.own.trouble.microphone;
    this.options.said(this.options.words(trouble ? `microphone-${trouble}` : this.own.microphoneOn ? "heard" : "unheard"));
  }

  private async camera(): Promise<void> {
    if (this.own.camera_use === "never") return;
    await this.own.setCamera(!this.own.cameraOn);
    const trouble = this.own.trouble.camera;
    this.options.said(this.options.words(trouble ? `camera-${trouble}` : this.own.cameraOn ? "seen" : "unseen"));
  }

  private key(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const key = event.key.toLowerCase();
    if (key !== "d" && key !== "e") return;
    event.preventDefault();
    if (!event.repeat) void (key === "d" ? this.microphone() : this.camera());
  }

  private press(name: string, act: () => void): void {
    const button = this.button(name);
    if (button) button.onclick = act;
  }

  private set(name: string, on: boolean): void {
    const button = this.button(name);
    if (button) setSwitch(button, on);
  }

  private button(name: string): HTMLButtonElement | null {
    return this.bar.querySelector<HTMLButtonElement>(`button[data-act="${name}"]`);
  }
}
