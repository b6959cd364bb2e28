// The buttons of a running call, and their keys: Ctrl+D microphone, Ctrl+E camera, space held to talk, ? for the list.
// What changed is also said aloud.

import type { OwnMedia } from "./media.ts";
import { setSwitch } from "./parts.ts";
import type { Words } from "./words.ts";

export type Act = "self" | "leave" | "share" | "chat" | "beside" | "more" | "hand" | "captions" | "blur" | "small-window" | "keys" | "code";

export interface ControlsOptions {
  act(act: Act): void;
  said(text: string): void;
  words: Words;
}

const ACTS: Act[] = ["self", "leave", "share", "chat", "beside", "more", "hand", "captions", "blur", "small-window", "keys", "code"];

export class Controls {
  private talking = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly own: OwnMedia,
    private readonly options: ControlsOptions,
  ) {
    this.press("microphone", () => void this.microphone());
    this.press("camera", () => void this.camera());
    for (const act of ACTS) this.press(act, () => options.act(act));
    addEventListener("keydown", (event) => this.key(event), { capture: true });
    addEventListener("keyup", (event) => event.code === "Space" && this.release(event));
    addEventListener("blur", () => void this.hush());
  }

  /** Each switch as it stands; one that is left out is hidden. */
  draw(on: Partial<Record<Act, boolean>>): void {
    this.set("microphone", this.own.microphoneOn);
    this.set("camera", this.own.cameraOn);
    for (const [act, pressed] of Object.entries(on)) this.set(act, pressed);
    for (const button of this.buttons("self")) button.hidden = !this.own.cameraOn;
  }

  hide(act: Act): void {
    for (const button of this.buttons(act)) button.hidden = true;
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
    if (this.stage?.hidden !== false) return; // the preview has its own buttons
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && (key === "d" || key === "e")) {
      event.preventDefault();
      if (!event.repeat) void (key === "d" ? this.microphone() : this.camera());
    } else if (writing(event.target)) {
      return;
    } else if (event.key === "?") {
      event.preventDefault();
      event.stopImmediatePropagation(); // the call's own keys, not the site's
      this.options.act("keys");
    } else if (event.code === "Space" && !(event.target instanceof HTMLButtonElement) && !this.own.microphoneOn) {
      event.preventDefault();
      if (event.repeat || this.talking) return;
      this.talking = true;
      void this.own.setMicrophone(true);
      this.options.said(this.options.words("talking"));
    }
  }

  private release(event: KeyboardEvent): void {
    if (this.talking) event.preventDefault();
    void this.hush();
  }

  private async hush(): Promise<void> {
    if (!this.talking) return;
    this.talking = false;
    await this.own.setMicrophone(false);
    this.options.said(this.options.words("unheard"));
  }

  private get stage(): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(".call-stage");
  }

  private press(name: string, act: () => void): void {
    for (const button of this.buttons(name)) button.onclick = act;
  }

  private set(name: string, on: boolean): void {
    for (const button of this.buttons(name)) setSwitch(button, on);
  }

  private buttons(name: string): Iterable<HTMLButtonElement> {
    return this.stage?.querySelectorAll<HTMLButtonElement>(`button[data-act="${name}"]`) ?? [];
  }
}

/** Whether keys typed now are words in a field rather than commands. */
function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
