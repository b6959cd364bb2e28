// A field that narrows a list of links as one types; arrows move, Enter opens.
//
//   <input data-narrow="#places" data-narrow-says="#found"> <ul id="places"><li><a href="…">…</a></li></ul>
//   <p id="found" role="status" data-one="1 found" data-many="{n} found" data-none="Nothing"></p>

export function narrow(field: HTMLInputElement): void {
  const around = field.closest("dialog") ?? document;
  const list = around.querySelector(field.dataset["narrow"] ?? "");
  const says = field.dataset["narrowSays"] ? around.querySelector<HTMLElement>(field.dataset["narrowSays"]) : null;
  const none = around.querySelector<HTMLElement>("[data-narrow-none]");
  if (!list) return;
  const items = [...list.querySelectorAll<HTMLElement>("li")];
  const links = (): HTMLAnchorElement[] => items.filter((item) => !item.hidden).map((item) => item.querySelector("a")!);

  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/);
    for (const item of items) item.hidden = !words.every((word) => plain(item.textContent ?? "").includes(word));
    const count = links().length;
    if (none) none.hidden = count > 0;
    if (says) says.textContent = wordsFor(count, says.dataset);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      links()[0]?.click();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      links()[0]?.focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[(event as KeyboardEvent).key];
    if (!step) return;
    event.preventDefault();
    const shown = links();
    const next = shown[shown.indexOf(document.activeElement as HTMLAnchorElement) + step];
    (next ?? field).focus();
  });
}

function wordsFor(count: number, { none = "", one = "", many = "" }: DOMStringMap): string {
  return count === 0 ? none : count === 1 ? one : many.replace("{n}", String(count));
}

/** Without case and accents: "tomas" finds "Tomás". */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
