// Before the call: see yourself, hear that you are heard, choose devices. Nothing is sent to anybody yet.
//
//   new Preview(section, own, words, (choices) => join(choices)).open();

import { Level } from "./level.ts";
import { devicesOf, type Device, type OwnMedia } from "./media.ts";
import { part, setSwitch } from "./parts.ts";
import type { Words } from "./words.ts";

export class Preview {
  private readonly video: HTMLVideoElement;
  private readonly level: Level;

  constructor(
    private readonly section: HTMLElement,
    private readonly own: OwnMedia,
    private readonly words: Words,
    private readonly join: () => void,
  ) {
    this.video = part(section, "own", HTMLVideoElement);
    this.level = new Level(part(section, "level", HTMLMeterElement));
    part(section, "join", HTMLButtonElement).onclick = () => this.join();
    this.act("microphone", () => this.own.setMicrophone(!this.own.microphoneOn));
    this.act("camera", () => this.own.setCamera(!this.own.cameraOn));
    for (const device of ["microphone", "camera"] as const) {
      const list = section.querySelector<HTMLSelectElement>(`select[data-part="${device}s"]`);
      if (list) list.onchange = () => void this.own.choose(device, list.value);
    }
  }

  async open(): Promise<void> {
    this.say(this.words("asking"));
    await this.own.start({ microphone: true, camera: !this.section.closest("[by-voice]") });
    this.draw();
  }

  close(): void {
    this.level.stop();
    this.video.srcObject = null;
    this.section.hidden = true;
  }

  draw(): void {
    const { camera, microphone, trouble } = this.own;
    const shown = this.video.srcObject instanceof MediaStream ? this.video.srcObject.getVideoTracks()[0] : undefined;
    if (shown !== camera) this.video.srcObject = camera ? new MediaStream([camera]) : null;
    part(this.section, "no-picture", HTMLElement).hidden = camera !== undefined;
    this.level.follow(this.own.microphoneOn ? microphone : undefined);
    part(this.section, "level-field", HTMLElement).hidden = microphone === undefined;
    for (const [name, on] of [["microphone", this.own.microphoneOn], ["camera", this.own.cameraOn]] as const) {
      const button = this.section.querySelector<HTMLButtonElement>(`button[data-act="${name}"]`);
      if (button) setSwitch(button, on);
    }
    const told = (["microphone", "camera"] as const).filter((device) => trouble[device]);
    const both = told.length === 2 && trouble.microphone === trouble.camera;
    this.say(
      both
        ? this.words(`both-${trouble.microphone}`)
        : told.map((device) => this.words(`${device}-${trouble[device]}`)).join(" "),
    );
    void this.list("microphone");
    void this.list("camera");
  }

  private async list(device: Device): Promise<void> {
    const list = this.section.querySelector<HTMLSelectElement>(`select[data-part="${device}s"]`);
    const field = list?.closest<HTMLElement>(".field");
    if (!list || !field) return;
    const found = await devicesOf(device);
    field.hidden = found.length < 2;
    list.replaceChildren(...found.map(({ label, deviceId }) => new Option(label, deviceId)));
    list.value = this.own.chosenId(device) ?? found[0]?.deviceId ?? "";
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
