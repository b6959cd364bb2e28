// What can be done with one message, at the line that it is opened at: on a wide screen beside it, on glass from below.
//
//   new Menu(pane, { sign: (item, sign) => …, reply: …, edit: …, erase: …, copy: … });

import { part } from "./lines.ts";

export interface Acts {
  sign(item: HTMLElement, sign: string): void;
  reply(item: HTMLElement): void;
  edit(item: HTMLElement): void;
  copy(item: HTMLElement): void;
  erase(item: HTMLElement): void;
}

export class Menu {
  private readonly menu: HTMLElement | null;
  private item: HTMLElement | undefined;

  constructor(
    pane: HTMLElement,
    private readonly acts: Acts,
  ) {
    this.menu = pane.querySelector<HTMLElement>("[data-line-menu]");
    this.menu?.addEventListener("click", (event) => this.chosen(event));
    this.menu?.addEventListener("keydown", (event) => this.moved(event));
    this.menu?.addEventListener("toggle", (event) => {
      if ((event as ToggleEvent).newState === "closed" && this.menu?.contains(document.activeElement)) this.back();
    });
    addEventListener("scroll", () => this.isWide && this.menu?.hidePopover(), { passive: true });
  }

  open(item: HTMLElement): void {
    if (!this.menu?.showPopover) return void location.assign((part(item, "more") as HTMLAnchorElement).href);
    this.item = item;
    const mine = item.classList.contains("mine");
    this.entry("edit").hidden = this.entry("delete").hidden = !mine;
    this.entry("history").hidden = part(item, "edited").hidden;
    (this.entry("history") as HTMLAnchorElement).href = (part(item, "more") as HTMLAnchorElement).href;
    for (const link of this.menu.querySelectorAll<HTMLAnchorElement>("[data-with]")) link.href = `${link.dataset["with"]}${item.dataset["id"]}`;
    this.sure.hidden = true;
    const own = part(item, "signs").querySelector<HTMLElement>(".own")?.dataset["sign"];
    for (const sign of this.menu.querySelectorAll<HTMLElement>("[data-do=sign]")) {
      sign.ariaPressed = String(sign.dataset["sign"] === own);
    }
    this.menu.showPopover();
    this.settle(item);
    this.menu.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  private get isWide(): boolean {
    return matchMedia("(min-width: 721px)").matches;
  }

  private get sure(): HTMLElement {
    return this.menu!.querySelector<HTMLElement>("[data-sure]")!;
  }

  private entry(name: string): HTMLElement {
    return this.menu!.querySelector<HTMLElement>(`[data-do="${name}"]`)!;
  }

  /** Beside the line where there is room, wholly inside the window. */
  private settle(item: HTMLElement): void {
    const menu = this.menu!;
    menu.style.insetBlockStart = menu.style.insetInlineStart = "";
    if (!this.isWide) return;
    const at = part(item, "more").getBoundingClientRect();
    const box = menu.getBoundingClientRect();
    menu.style.top = `${Math.max(8, Math.min(at.bottom + 4, innerHeight - box.height - 8))}px`;
    menu.style.left = `${Math.max(8, Math.min(at.right - box.width, innerWidth - box.width - 8))}px`;
  }

  private chosen(event: Event): void {
    const chosen = (event.target as HTMLElement).closest<HTMLElement>("[data-do]");
    if (!chosen || !this.item) return;
    const { item, acts } = this;
    switch (chosen.dataset["do"]) {
      case "history":
      case "go":
        return;
      case "delete":
        this.sure.hidden = false;
        this.settle(item);
        return this.entry("really").focus();
      case "sign":
        this.close();
        return acts.sign(item, chosen.ariaPressed === "true" ? "" : (chosen.dataset["sign"] ?? ""));
    }
    this.close();
    const act = { reply: acts.reply, edit: acts.edit, copy: acts.copy, really: acts.erase }[chosen.dataset["do"] ?? ""];
    act?.call(acts, item);
  }

  /** Arrows go through what is offered, as in any menu. */
  private moved(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.menu!.querySelectorAll<HTMLElement>("[data-do]")].filter((one) => one.offsetParent !== null);
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + step + all.length) % all.length]?.focus();
  }

  private close(): void {
    this.back();
    this.menu?.hidePopover();
  }

  private back(): void {
    if (this.item?.isConnected) part(this.item, "more").focus({ preventScroll: true });
  }
}
