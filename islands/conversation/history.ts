// Paging backwards without leaving: the link's own page brings the lines, and nothing jumps.

import type { Place } from "./place.ts";

export function pageBackwards(pane: HTMLElement, list: HTMLElement, place: Place, shown: () => void): void {
  const link = pane.querySelector<HTMLAnchorElement>("[data-earlier]");
  let under_way = false;
  link?.addEventListener("click", async (event) => {
    event.preventDefault();
    if (under_way) return;
    under_way = true;
    try {
      const answer = await fetch(link.href, { signal: AbortSignal.timeout(20_000) });
      if (!answer.ok || answer.redirected) throw new TypeError(`no page: ${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      bring(page, link, list, place);
      shown();
    } catch {
      location.assign(link.href); // the browser's own page says what is wrong, as it would without scripts
    } finally {
      under_way = false;
    }
  });
}

function bring(page: Document, link: HTMLAnchorElement, list: HTMLElement, place: Place): void {
  const items = [...page.querySelectorAll<HTMLElement>("[data-lines] > li")];
  const first = list.firstElementChild;
  const anchor = list.querySelector("[data-number]");
  if (!first || !anchor || !items.length) return link.parentElement?.remove();
  const lastDay = items.findLast((item) => item.classList.contains("day"))?.dataset["day"];
  place.keepBelow(anchor, () => {
    list.prepend(...items);
    if (first instanceof HTMLElement && first.dataset["day"] === lastDay) first.remove();
    const next = page.querySelector<HTMLAnchorElement>("[data-earlier]");
    if (next) link.href = new URL(next.getAttribute("href") ?? "", link.href).href;
    else link.parentElement?.remove();
  });
  const newest = items.at(-1);
  if (newest && !link.isConnected) {
    newest.tabIndex = -1;
    newest.focus({ preventScroll: true });
  }
}
