// Puts what the server says of a message into its line: words, what it replies to, signs, edits, deletion.
//
//   dress(pane, item, line);

import { showFiles } from "./files.ts";
import { part, type Line } from "./lines.ts";
import { nameOf } from "./names.ts";

export function dress(pane: HTMLElement, item: HTMLElement, line: Line): void {
  const address = `/messages/${line.id}/`;
  item.dataset["id"] = line.id;
  item.classList.toggle("deleted", line.deleted);
  const text = part(item, "text");
  if (line.deleted) text.replaceChildren(deletedBy(pane, line.sender));
  else text.innerHTML = line.html; // cleaned by the server
  const shown = line.files.map(({ id }) => id).join();
  if (item.dataset["files"] !== shown) showFiles(pane, part(item, "files"), line.files); // a sound goes on playing
  item.dataset["files"] = shown;
  quote(pane, item, line);
  part(item, "mail").hidden = line.via !== "mail";
  part(item, "edited").hidden = !line.edited;
  part(item, "more").hidden = line.deleted;
  for (const name of ["edited", "mail", "more"]) (part(item, name) as HTMLAnchorElement).href = address;
  showSigns(pane, item, line, address);
}

/** Where others reply to this message, its words are what they are now. */
export function dressQuotes(pane: HTMLElement, line: Line): void {
  for (const quoted of pane.querySelectorAll<HTMLElement>(`[data-part="quoted"][data-to="${line.number}"]`)) {
    part(quoted, "quoted-words").textContent = line.excerpt || (pane.dataset["deleted"] ?? "");
  }
}

function deletedBy(pane: HTMLElement, sender: string): HTMLElement {
  const words = document.createElement("p");
  const name = sender === pane.dataset["me"] ? (pane.dataset["myName"] ?? "") : nameOf(pane, sender);
  words.textContent = (pane.dataset["deletedBy"] ?? "").replace("{name}", () => name);
  return words;
}

function quote(pane: HTMLElement, item: HTMLElement, { quoted }: Line): void {
  const place = part(item, "quoted") as HTMLAnchorElement;
  place.hidden = !quoted;
  if (!quoted) return;
  place.href = `?around=${quoted.number}#m${quoted.number}`;
  place.dataset["to"] = String(quoted.number);
  part(place, "quoted-name").textContent = nameOf(pane, quoted.sender);
  part(place, "quoted-words").textContent = quoted.words || (pane.dataset["deleted"] ?? "");
}

function showSigns(pane: HTMLElement, item: HTMLElement, { signs }: Line, address: string): void {
  const place = part(item, "signs");
  const had = place.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["sign"] : undefined;
  place.hidden = !signs.length;
  place.replaceChildren(...signs.map(([sign, people]) => signOf(pane, sign, people, address)));
  if (had === undefined) return;
  const still = place.querySelector<HTMLElement>(`[data-sign="${had}"]`) ?? part(item, "more");
  still.focus({ preventScroll: true });
}

function signOf(pane: HTMLElement, sign: string, people: string[], address: string): HTMLElement {
  const link = document.createElement("a");
  link.className = people.includes(pane.dataset["me"] ?? "") ? "sign own" : "sign";
  link.href = address;
  Object.assign(link.dataset, { act: "sign", sign });
  const drawn = document.createElement("span");
  drawn.ariaHidden = "true";
  drawn.textContent = people.length > 1 ? `${sign} ${people.length}` : sign;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  const offered = pane.querySelector(`[data-line-menu] [data-sign="${sign}"]`);
  said.textContent = `${offered?.ariaLabel ?? sign}: ${people.map((one) => nameOf(pane, one)).join(", ")}`;
  link.append(drawn, said);
  return link;
}
