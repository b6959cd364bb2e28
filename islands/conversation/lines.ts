// The list of messages: each number once and in order, own messages waiting at the end until they have a number.

export interface Line {
  number: number;
  client_id: string;
  sender: string;
  html: string;
  please_answer: boolean;
  sent_at: string;
}

export class Lines {
  private readonly clock: Intl.DateTimeFormat;
  private readonly calendar: Intl.DateTimeFormat;

  constructor(
    private readonly list: HTMLElement,
    private readonly pattern: HTMLTemplateElement,
    private readonly me: string,
    locale: string,
    zone: string,
  ) {
    this.clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit" });
    this.calendar = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "long", day: "numeric", month: "long" });
  }

  /** The number up to which nothing is missing. */
  get last(): number {
    return Number(this.numbered.at(-1)?.dataset["number"] ?? 0);
  }

  /** Show a message. A number that is there already changes nothing; false when one before it is missing. */
  add(line: Line): boolean {
    if (line.number <= this.last) {
      this.waiting(line.client_id)?.remove();
      return true;
    }
    if (line.number > this.last + 1 && this.last > 0) return false;
    const item = this.waiting(line.client_id) ?? this.made(line.sender, line.client_id);
    item.id = `m${line.number}`;
    item.dataset["number"] = String(line.number);
    item.classList.remove("waiting");
    const sent = new Date(line.sent_at);
    this.part(item, "text").innerHTML = line.html; // cleaned by the server
    const time = this.part(item, "time") as HTMLTimeElement;
    time.dateTime = line.sent_at;
    time.textContent = this.clock.format(sent);
    this.part(item, "asks").hidden = !line.please_answer;
    this.list.insertBefore(item, this.list.querySelector(".waiting"));
    this.beginDay(item, this.calendar.format(sent));
    return true;
  }

  /** An own message on its way. */
  await(clientId: string, text: string, pleaseAnswer: boolean): void {
    if (this.waiting(clientId)) return;
    const item = this.made(this.me, clientId);
    item.classList.add("waiting");
    this.part(item, "text").textContent = text;
    this.part(item, "asks").hidden = !pleaseAnswer;
    this.list.append(item);
  }

  /** The server will never take it: the words stay, with the reason. */
  refuse(clientId: string, reason: string): void {
    const item = this.waiting(clientId);
    if (!item) return;
    item.classList.add("refused");
    this.part(item, "time").textContent = reason;
  }

  private get numbered(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-number]")];
  }

  private waiting(clientId: string): HTMLElement | null {
    return this.list.querySelector<HTMLElement>(`.waiting[data-client="${CSS.escape(clientId)}"]`);
  }

  private made(sender: string, clientId: string): HTMLElement {
    const item = (this.pattern.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    item.dataset["client"] = clientId;
    item.classList.toggle("mine", sender === this.me);
    const name = this.part(item, "name");
    name.textContent = this.list.closest("conversation-pane")?.getAttribute(`data-name-${sender}`) ?? "";
    return item;
  }

  private beginDay(item: HTMLElement, day: string): void {
    const before = this.list.querySelectorAll<HTMLElement>(".day");
    if (before[before.length - 1]?.textContent?.trim() === day) return;
    const head = document.createElement("li");
    head.className = "day";
    head.textContent = day;
    this.list.insertBefore(head, item);
  }

  private part(item: HTMLElement, name: string): HTMLElement {
    return item.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }
}
