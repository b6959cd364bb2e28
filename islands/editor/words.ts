// What the editor says, in the reader's language: coediting/words.html gives it to the page.
//   <page-editor data-words='{"bold": "Bold", …}'>

const NAMES = [
  "tools",
  "bold",
  "italic",
  "heading",
  "bullets",
  "numbers",
  "link",
  "address",
  "set",
  "remove",
  "opening",
  "saved",
  "saving",
  "offline",
  "refused",
  "failed",
  "here",
  "somebody",
] as const;

export type Words = Record<(typeof NAMES)[number], string>;

export function wordsOf(element: HTMLElement): Words {
  const given = JSON.parse(element.dataset.words ?? "{}") as Partial<Words>;
  return Object.fromEntries(NAMES.map((name) => [name, given[name] ?? ""])) as Words;
}
