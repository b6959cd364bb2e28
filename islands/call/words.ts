// The element's words in the person's language, from its `words` attribute: {name} is filled in here.

export type Words = (name: string, values?: Record<string, string>) => string;

export function wordsOf(element: HTMLElement): Words {
  const words = JSON.parse(element.getAttribute("words") ?? "{}") as Record<string, string>;
  return (name, values = {}) => (words[name] ?? "").replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
}
