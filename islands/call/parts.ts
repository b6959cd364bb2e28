// The server writes the markup; these find its parts by name.
//
//   part(this, "timer", HTMLElement).textContent = "0:12";

export function part<T extends Element>(root: ParentNode, name: string, kind: abstract new () => T): T {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof kind)) throw new Error(`call: the page has no part "${name}"`);
  return found;
}

/** A switch: pressed or not, with its state in words and, when it cannot be used, why. */
export function setSwitch(button: HTMLButtonElement, on: boolean): void {
  button.setAttribute("aria-pressed", String(on));
  const word = button.querySelector<HTMLElement>("[data-on]");
  if (word) word.textContent = (on ? word.dataset.on : word.dataset.off) ?? "";
}
