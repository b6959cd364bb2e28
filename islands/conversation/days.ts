// Days and clock times in the person's zone, in the words of the page's language.
//
//   <conversation-pane data-zone="Europe/Berlin" data-day="{weekday}, {day} {month}" data-day-of-year="… {year}">

export class Days {
  private readonly time: Intl.DateTimeFormat;
  private readonly words: Intl.DateTimeFormat;
  private readonly short: Intl.DateTimeFormat;
  private readonly date: Intl.DateTimeFormat;
  private readonly iso: Intl.DateTimeFormat;

  constructor(private readonly pane: HTMLElement) {
    const timeZone = pane.dataset["zone"] ?? "UTC";
    const language = document.documentElement.lang || "en";
    this.time = new Intl.DateTimeFormat(language, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.words = new Intl.DateTimeFormat(language, { timeZone, weekday: "long", day: "numeric", month: "long", year: "numeric" });
    this.short = new Intl.DateTimeFormat(language, { timeZone, weekday: "short", day: "numeric", month: "short" });
    this.date = new Intl.DateTimeFormat(language, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
    this.iso = new Intl.DateTimeFormat("sv", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  }

  /** "18:30" */
  clock(instant: string): string {
    return this.time.format(new Date(instant));
  }

  /** "Answer by Thu 3 Dec, 15:00 your time": when an answer is due, by what both have signed. */
  due(instant: string): string {
    const pattern = this.pane.dataset["answerBy"] ?? "{day} {time}";
    return pattern.replace("{day}", this.short.format(new Date(instant))).replace("{time}", this.clock(instant));
  }

  /** "3 Dec 2026" of "2026-12-03" */
  near(day: string): string {
    return this.date.format(new Date(`${day}T12:00:00Z`));
  }

  /** "2026-11-22" */
  day(instant: string): string {
    return this.iso.format(new Date(instant));
  }

  /** "Sunday, 22 November", with the year when it is another one. */
  heading(instant: string): string {
    const sameYear = this.day(instant).slice(0, 4) === this.iso.format(new Date()).slice(0, 4);
    const pattern = (sameYear ? this.pane.dataset["day"] : this.pane.dataset["dayOfYear"]) ?? "{day} {month}";
    const parts = new Map(this.words.formatToParts(new Date(instant)).map(({ type, value }) => [String(type), value]));
    return pattern.replace(/\{(\w+)\}/g, (_all, name: string) => parts.get(name) ?? "");
  }
}
