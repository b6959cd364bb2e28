// Choosing microphone, camera and loudspeaker: before the call and in the middle of it, by the same lists.
//
//   const devices = new Devices(section, own, speakers, () => keep());  devices.draw();

import { devicesOf, type OwnMedia } from "./media.ts";
import type { Speakers } from "./speakers.ts";

export class Devices {
  constructor(
    private readonly section: HTMLElement,
    private readonly own: OwnMedia,
    private readonly speakers: Speakers,
    changed: () => void,
  ) {
    for (const device of ["microphone", "camera"] as const) {
      const list = this.list(device);
      if (list) list.onchange = () => void own.choose(device, list.value).then(changed);
    }
    const loud = this.list("speaker");
    if (loud)
      loud.onchange = () => {
        speakers.choose(loud.value);
        changed();
      };
    const chime = section.querySelector<HTMLButtonElement>('button[data-part="chime"]');
    if (chime) chime.onclick = () => void speakers.chime();
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.draw());
  }

  async draw(): Promise<void> {
    for (const device of ["microphone", "camera"] as const) {
      this.fill(device, await devicesOf(device), this.own.chosenId(device), 2);
    }
    this.fill("speaker", await this.speakers.list(), this.speakers.chosen, 1);
  }

  private fill(name: string, found: MediaDeviceInfo[], chosen: string | undefined, least: number): void {
    const list = this.list(name);
    const field = list?.closest<HTMLElement>(".field");
    if (!list || !field) return;
    field.hidden = found.length < least;
    list.replaceChildren(...found.map(({ label, deviceId }) => new Option(label, deviceId)));
    list.value = found.some(({ deviceId }) => deviceId === chosen) ? (chosen ?? "") : (found[0]?.deviceId ?? "");
  }

  private list(name: string): HTMLSelectElement | null {
    return this.section.querySelector<HTMLSelectElement>(`select[data-part="${name}s"]`);
  }
}
