// Before the call: see yourself, hear that you are heard, choose devices. Nothing is sent to anybody yet.
//
//   new Preview(section, own, speakers, words, { join, keep }).open(choices);

import { Devices } from "./devices.ts";
import { browserOf } from "./guide.ts";
import { Level } from "./level.ts";
import type { Device, OwnMedia, Wanted } from "./media.ts";
import type { Habit } from "./memory.ts";
import { part, setSwitch } from "./parts.ts";
import type { Speakers } from "./speakers.ts";
import type { Words } from "./words.ts";

export interface PreviewOptions {
  join(): void;
  keep(habit: Partial<Habit>): void;
}

export class Preview {
  private readonly video: HTMLVideoElement;
  private readonly level: Level;
  private readonly devices: Devices;

  constructor(
    private readonly section: HTMLElement,
    private readonly own: OwnMedia,
    speakers: Speakers,
    private readonly words: Words,
    private readonly options: PreviewOptions,
  ) {
    this.video = part(section, "own", HTMLVideoElement);
    this.level = new Level(part(section, "level", HTMLMeterElement));
    this.devices = new Devices(section, own, speakers, () => options.keep({ speakerId: speakers.chosen }));
    part(section, "join", HTMLButtonElement).onclick = () => options.join();
    this.act("microphone", () => this.own.setMicrophone(!this.own.microphoneOn));
    this.act("camera", () => this.own.setCamera(!this.own.cameraOn));
    const blur = section.querySelector<HTMLInputElement>('input[data-part="blur"]');
    if (blur) blur.onchange = () => void this.soften(blur);
    const straight = part(section, "straight", HTMLInputElement);
    straight.onchange = () => options.keep({ straight: straight.checked });
    const again = part(section, "ask-again", HTMLButtonElement);
    again.onclick = () => void this.open({ microphone: true, camera: this.own.camera_use !== "never" });
  }

  async open(wanted: Wanted): Promise<void> {
    this.say(this.words("asking"));
    await this.own.start(wanted);
    this.draw();
  }

  remembered(habit: Habit): void {
    part(this.section, "straight", HTMLInputElement).checked = habit.straight === true;
    part(this.section, "as-last-time", HTMLElement).hidden = false;
  }

  close(): void {
    this.level.stop();
    this.video.srcObject = null;
    this.section.hidden = true;
  }

  draw(): void {
    if (this.section.hidden) return;
    const { picture, microphone, trouble } = this.own;
    const shown = this.video.srcObject instanceof MediaStream ? this.video.srcObject.getVideoTracks()[0] : undefined;
    if (shown !== picture) this.video.srcObject = picture ? new MediaStream([picture]) : null;
    part(this.section, "no-picture", HTMLElement).hidden = picture !== undefined;
    this.level.follow(this.own.microphoneOn ? microphone : undefined);
    part(this.section, "level-field", HTMLElement).hidden = microphone === undefined;
    for (const [name, on] of [["microphone", this.own.microphoneOn], ["camera", this.own.cameraOn]] as const) {
      const button = this.section.querySelector<HTMLButtonElement>(`button[data-act="${name}"]`);
      if (button) setSwitch(button, on);
    }
    const blur = this.section.querySelector<HTMLInputElement>('input[data-part="blur"]');
    if (blur) blur.checked = this.own.blur;
    this.say(this.troubles(trouble));
    this.guide(Object.values(trouble).includes("refused"));
    void this.devices.draw();
  }

  private troubles(trouble: OwnMedia["trouble"]): string {
    const told = (["microphone", "camera"] as const).filter((device) => trouble[device]);
    const both = told.length === 2 && trouble.microphone === trouble.camera;
    if (both) return this.words(`both-${trouble.microphone}`);
    return told.map((device) => this.words(`${device}-${trouble[device]}`)).join(" ");
  }

  private async soften(blur: HTMLInputElement): Promise<void> {
    if (blur.checked) this.say(this.words("blurring"));
    await this.own.setBlur(blur.checked);
    this.options.keep({ blur: this.own.blur });
  }

  /** How to give back what was refused, in the words of this browser's own menus. */
  private guide(refused: boolean): void {
    const place = part(this.section, "guide", HTMLElement);
    place.hidden = !refused;
    const name = browserOf(navigator.userAgent, navigator.maxTouchPoints);
    const guides = [...place.querySelectorAll<HTMLElement>("[data-browser]")];
    const known = guides.some((each) => each.dataset.browser === name);
    for (const each of guides) each.hidden = each.dataset.browser !== (known ? name : "other");
  }

  private act(name: Device, act: () => Promise<void>): void {
    const button = this.section.querySelector<HTMLButtonElement>(`button[data-act="${name}"]`);
    if (button) button.onclick = () => void act();
  }

  private say(text: string): void {
    const place = part(this.section, "advice", HTMLElement);
    place.hidden = !text;
    if (place.textContent !== text) place.textContent = text;
  }
}
