// Pages of ours that open over the page: `?` shows the keys, Ctrl+K (or ⌘K) jumps to a person or place.
// Each is a page of its own, too: <a href="/keys" data-over> opens it over this one, or plainly without scripts.

import { narrow } from "./narrow.ts";

let busy = false; // one at a time, from the moment it is asked for

export async function showOver(address: string): Promise<void> {
  if (busy) return;
  busy = true;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return void location.assign(address);
  const dialog = document.createElement("dialog");
  dialog.className = "over";
  dialog.innerHTML = await answer.text(); // our own page's fragment
  const heading = dialog.querySelector("h1, h2");
  if (heading) dialog.setAttribute("aria-label", heading.textContent ?? "");
  dialog.addEventListener("close", () => {
    dialog.remove();
    busy = false;
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.querySelectorAll<HTMLInputElement>("[data-narrow]").forEach(narrow);
  dialog.showModal();
}

/** Whether keys typed now are words in a field rather than commands. */
function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function listenForDialogs(): void {
  const { keys, jump } = document.body.dataset;
  addEventListener("keydown", (event) => {
    if (jump && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      void showOver(jump);
    } else if (keys && event.key === "?" && !writing(event.target)) {
      event.preventDefault();
      void showOver(keys);
    }
  });
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-over]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void showOver(link.href);
  });
}
