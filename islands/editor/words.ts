// What the editor says. A page may bring its own language: <page-editor data-words='{"bold": "Fett", …}'>.

export const ENGLISH = {
  tools: "Formatting",
  bold: "Bold",
  italic: "Italic",
  heading: "Heading",
  bullets: "Bulleted list",
  numbers: "Numbered list",
  link: "Link",
  address: "Address of the link",
  set: "Set the link",
  remove: "Remove it",
  opening: "Opening…",
  saved: "Saved",
  saving: "Saving…",
  offline: "Not connected. What you write is kept in this browser and saved when you are back.",
  refused: "This text cannot be changed by you any more. Reload the page to see it as it stands.",
  failed: "Something went wrong while saving. Reload the page: what you wrote is kept in this browser.",
  here: "Here now:",
  somebody: "Somebody",
};

export type Words = typeof ENGLISH;

export function wordsOf(element: HTMLElement): Words {
  return { ...ENGLISH, ...(JSON.parse(element.dataset.words ?? "{}") as Partial<Words>) };
}
