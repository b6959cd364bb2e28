// The files that go with the next message: chosen, pasted, dropped, taken with the camera or recorded.
//
//   const tray = new Tray(pane, form, store, () => …);   // told when a file has come, or was taken out
//   tray.add([...input.files]);

import { pattern, part } from "./lines.ts";
import type { Store } from "./store.ts";
import { Upload, type Given, type Kept } from "./upload.ts";

const LARGEST = 25 * 1024 * 1024;
const PHONE_PICTURE = /\.(heic|heif|tiff?)$/i;

interface Chip {
  item: HTMLElement;
  upload?: Upload;
  kept?: Kept;
}

export class Tray {
  private readonly list: HTMLElement;
  private chips: Chip[] = [];

  constructor(
    private readonly pane: HTMLElement,
    private readonly form: HTMLFormElement,
    private readonly store: Store,
    private readonly changed: () => void,
  ) {
    this.list = form.querySelector<HTMLElement>("[data-tray]")!;
    const input = form.querySelector<HTMLInputElement>("[data-files-input]")!;
    form.querySelector<HTMLElement>("[data-choose]")!.hidden = false;
    input.addEventListener("change", () => {
      void this.add([...(input.files ?? [])]);
      input.value = "";
    });
    form.addEventListener("paste", (event) => this.came(event, event.clipboardData));
    pane.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    pane.addEventListener("drop", (event) => this.came(event, event.dataTransfer));
    for (const kept of store.files) this.show({ item: this.made(kept.name), kept });
  }

  get files(): Kept[] {
    return this.chips.flatMap(({ kept }) => kept ?? []);
  }

  /** Something is still on its way. */
  get busy(): boolean {
    return this.chips.some(({ upload }) => upload?.state === "coming" || upload?.state === "waiting");
  }

  /** Something was refused, and waits for its sender to take it out. */
  get stuck(): boolean {
    return this.chips.some(({ upload }) => upload?.state === "refused");
  }

  async add(files: File[]): Promise<void> {
    for (const file of files) {
      const blob = PHONE_PICTURE.test(file.name) ? await asJpeg(file) : file;
      const name = blob === file ? file.name : file.name.replace(PHONE_PICTURE, ".jpg");
      this.give(blob, name, {});
    }
  }

  give(blob: Blob, name: string, told: Given["told"]): void {
    const item = this.made(name);
    const token = this.form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    const address = this.form.dataset["files"] ?? "";
    const chip: Chip = { item };
    chip.upload = new Upload({ address, token, blob, name, told }, () => this.tell(chip));
    if (blob.type.startsWith("image/") && blob.type !== "image/svg+xml") this.picture(item, blob);
    this.show(chip);
    if (blob.size > LARGEST) {
      chip.upload.state = "refused";
      chip.upload.reason = this.pane.dataset["tooLarge"] ?? "";
      return this.tell(chip);
    }
    this.tell(chip);
    void chip.upload.run();
  }

  /** They are in a message now. */
  clear(): void {
    for (const { item } of this.chips) item.remove();
    this.chips = [];
    this.keep();
  }

  /** Files come back with the words of a message that was not taken. */
  take(files: Kept[]): void {
    for (const kept of files) this.show({ item: this.made(kept.name), kept });
    this.keep();
  }

  private came(event: Event, from: DataTransfer | null): void {
    if (!from?.files.length) return;
    event.preventDefault();
    void this.add([...from.files]);
  }

  private made(name: string): HTMLElement {
    const item = pattern(this.pane, "chip");
    part(item, "chip-name").textContent = name;
    return item;
  }

  private picture(item: HTMLElement, blob: Blob): void {
    const thumb = part(item, "thumb") as HTMLImageElement;
    const address = URL.createObjectURL(blob);
    thumb.src = address;
    thumb.hidden = false;
    item.querySelector<SVGElement>(":scope > .icon")?.remove();
    thumb.addEventListener("load", () => URL.revokeObjectURL(address));
  }

  private show(chip: Chip): void {
    this.chips.push(chip);
    this.list.append(chip.item);
    this.list.hidden = false;
    if (chip.kept) this.say(chip.item, "there");
    chip.item.querySelector("[data-act=take-out]")?.addEventListener("click", () => this.takeOut(chip));
    part(chip.item, "retry").addEventListener("click", () => chip.upload?.again());
  }

  private takeOut(chip: Chip): void {
    chip.upload?.end();
    chip.item.remove();
    this.chips = this.chips.filter((one) => one !== chip);
    const id = chip.kept?.id;
    const token = this.form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    if (id) void fetch(`/files/${id}/forget/`, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => undefined);
    this.keep();
    this.changed();
  }

  private tell(chip: Chip): void {
    const { upload } = chip;
    if (!upload || !this.chips.includes(chip)) return;
    (part(chip.item, "chip-progress") as HTMLProgressElement).value = upload.percent;
    this.say(chip.item, upload.state, upload);
    if (!upload.kept) return;
    chip.kept = upload.kept;
    part(chip.item, "chip-name").textContent = upload.kept.name;
    this.keep();
    this.changed();
  }

  private say(item: HTMLElement, state: Upload["state"], upload?: Upload): void {
    const { coming = "", noLine = "", there = "", failed = "" } = this.pane.dataset;
    const words = {
      coming: coming.replace("{percent}", String(upload?.percent ?? 0)),
      waiting: noLine,
      there,
      refused: upload?.reason || failed,
    };
    const place = part(item, "chip-state");
    if (place.textContent !== words[state]) place.textContent = words[state];
    item.classList.toggle("wrong", state === "refused");
    part(item, "chip-progress").hidden = state === "there" || state === "refused";
    part(item, "retry").hidden = state !== "refused" || !upload || upload.given.blob.size > LARGEST;
  }

  private keep(): void {
    this.store.files = this.files;
    this.list.hidden = !this.chips.length;
  }
}

/** Kinds that phones write and that say where they were taken: drawn anew where this browser can read them. */
async function asJpeg(file: File): Promise<Blob> {
  try {
    const drawn = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(drawn.width, drawn.height);
    canvas.getContext("2d")?.drawImage(drawn, 0, 0);
    return await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  } catch {
    return file; // the server says what to do
  }
}
