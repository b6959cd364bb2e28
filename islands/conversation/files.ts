// The files of a message as its line shows them.
//
//   showFiles(pane, part(item, "files"), line.files);

import { part, pattern } from "./lines.ts";
import type { Kept } from "./upload.ts";

export function showFiles(pane: HTMLElement, place: HTMLElement, files: Kept[]): void {
  place.hidden = !files.length;
  place.replaceChildren(...files.map((file) => made(pane, file)));
}

/** A picture is shown large where it stands, rather than saved. */
export function showLarge(pane: HTMLElement, event: Event): boolean {
  const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a.picture");
  const dialog = pane.querySelector<HTMLDialogElement>("[data-large]");
  if (!link || !dialog) return false;
  event.preventDefault();
  const image = part(dialog, "large") as HTMLImageElement;
  Object.assign(image, { src: link.href, alt: link.querySelector("img")?.alt ?? "" });
  (part(dialog, "large-save") as HTMLAnchorElement).href = link.href;
  dialog.showModal();
  return true;
}

function made(pane: HTMLElement, file: Kept): HTMLElement {
  const item = pattern(pane, file.shape);
  const address = `/files/${file.id}/`;
  if (item instanceof HTMLAnchorElement) item.href = address;
  if (file.shape === "picture") {
    const image = part(item, "small") as HTMLImageElement;
    Object.assign(image, { width: file.width, height: file.height, alt: image.alt + file.name, src: `${address}small/` });
  } else if (file.shape === "sound") {
    const note = item.querySelector<HTMLElement>("voice-note")!;
    Object.assign(note.dataset, { seconds: String(file.seconds || 0), bars: file.bars.join(",") });
    const audio = note.querySelector("audio")!;
    Object.assign(audio, { src: address, ariaLabel: file.name });
    const save = part(item, "save") as HTMLAnchorElement;
    save.href = address;
    save.ariaLabel = (save.ariaLabel ?? "") + file.name;
  } else {
    part(item, "file-name").textContent = file.name;
    part(item, "file-size").textContent = sizeOf(file.size);
  }
  return item;
}

/** "1.4 MB" */
function sizeOf(bytes: number): string {
  const units = ["B", "kB", "MB"];
  let [value, at] = [bytes, 0];
  for (; value >= 1000 && at < units.length - 1; at++) value /= 1000;
  return `${value < 10 && at ? value.toFixed(1) : Math.round(value)} ${units[at] ?? ""}`;
}
