// A field that narrows a list of links as one types; arrows move, Enter opens.
//
//   <input data-narrow="#places"> <ul id="places"><li><a href="…">…</a></li></ul>

export function narrow(field: HTMLInputElement): void {
  const list = (field.closest("dialog") ?? document).querySelector(field.dataset["narrow"] ?? "");
  if (!list) return;
  const items = [...list.querySelectorAll<HTMLElement>("li")];
  const links = (): HTMLAnchorElement[] => items.filter((item) => !item.hidden).map((item) => item.querySelector("a")!);

  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/);
    for (const item of items) item.hidden = !words.every((word) => plain(item.textContent ?? "").includes(word));
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

/** Without case and accents: "tomas" finds "Tomás". */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
