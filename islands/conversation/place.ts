// Where the reader is. At the end we stay at the end; anywhere else nothing moves under their eyes.
//
//   const place = new Place(pane, () => …);   // told when the reader may be seeing something else
//   place.keep(() => list.append(item));      // changes the list; follows the end if the reader was there

/** Pixels from the end that still count as being there. */
const NEAR = 120;
/** Pixels that a window loses when a keyboard opens on glass. */
const KEYBOARD = 150;

export class Place {
  private atEnd = true;
  private tallest = innerHeight;
  private width = innerWidth;
  private readonly toEndButton: HTMLElement | null;

  constructor(
    private readonly pane: HTMLElement,
    private readonly looked: () => void,
  ) {
    this.toEndButton = pane.querySelector<HTMLElement>("[data-to-end]");
    this.toEndButton?.addEventListener("click", () => this.toEnd());
    addEventListener("scroll", () => this.scrolled(), { passive: true });
    addEventListener("resize", () => this.resized());
    // The keyboard takes room from the page rather than covering the field (where browsers know the word).
    const viewport = document.querySelector<HTMLMetaElement>("meta[name=viewport]");
    if (viewport) viewport.content += ", interactive-widget=resizes-content";
  }

  /** On opening: where reading goes on, else at the end. A link to one message goes before both. */
  begin(): void {
    const target = document.getElementById(location.hash.slice(1));
    if (target && this.pane.contains(target)) return this.scrolled();
    const mark = this.pane.querySelector("[data-new]");
    if (mark) mark.scrollIntoView({ block: "center" });
    else this.toEnd();
    this.scrolled();
  }

  keep(change: () => void): void {
    const follow = this.atEnd;
    change();
    if (follow) this.toEnd();
  }

  /** Something is put above: what the reader sees stays where it is. */
  keepBelow(anchor: Element, change: () => void): void {
    const before = anchor.getBoundingClientRect().top;
    change();
    scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  }

  toEnd(): void {
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    this.scrolled();
  }

  /** Offer the way to what came below. */
  offerEnd(): void {
    if (this.toEndButton) this.toEndButton.hidden = this.atEnd;
  }

  /** Whether this much of an element stands above the composer. */
  shows(item: Element): boolean {
    const edge = this.pane.querySelector(".composer")?.getBoundingClientRect().top ?? innerHeight;
    return item.getBoundingClientRect().top < edge - 8;
  }

  private scrolled(): void {
    this.atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - NEAR;
    if (this.atEnd && this.toEndButton) this.toEndButton.hidden = true;
    this.looked();
  }

  private resized(): void {
    if (this.width !== innerWidth) [this.width, this.tallest] = [innerWidth, innerHeight];
    this.tallest = Math.max(this.tallest, innerHeight);
    const typing = matchMedia("(pointer: coarse)").matches && this.tallest - innerHeight > KEYBOARD;
    document.documentElement.classList.toggle("keyboard-open", typing);
    if (this.atEnd) this.toEnd();
  }
}
