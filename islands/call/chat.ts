// What is typed during a call: it lands in the pair's conversation, through the conversation's own topic, and stays there.
//
//   new Chat(panel, { relationship, me, called, from, began, came }).open();

import { NotTaken, connect, type Message, type Seat } from "../live/socket.ts";
import { part } from "./parts.ts";

export interface ChatOptions {
  relationship: string;
  me: string;
  called(person: string): string;
  /** The number of the last message before this call's first; unknown until one was written. */
  from: number | undefined;
  began(from: number): void;
  /** Something new of somebody else's. */
  came(name: string, text: string): void;
  failed: string;
  /** Whether it is being looked at. */
  shown(): boolean;
}

const NONE_YET = 2 ** 52;

export class Chat {
  private readonly seat: Seat;
  private readonly list: HTMLElement;
  private readonly field: HTMLTextAreaElement;
  private readonly lines = new Map<string, HTMLElement>();
  private last: number;

  constructor(
    private readonly panel: HTMLElement,
    private readonly options: ChatOptions,
  ) {
    this.last = options.from ?? NONE_YET;
    this.list = part(panel, "lines", HTMLElement);
    const form = part(panel, "chat-form", HTMLFormElement);
    this.field = part(form, "chat-text", HTMLTextAreaElement);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.write();
    };
    this.field.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
      event.preventDefault();
      this.write();
    };
    this.seat = connect().join(`conversation:${options.relationship}`, {
      seen: () => this.last,
      onMessage: (message) => this.hear(message),
      onRefused: () => (this.field.disabled = true),
    });
  }

  focus(): void {
    this.field.focus();
  }

  /** The panel came into view: what stands there counts as seen. */
  look(): void {
    if (!this.options.shown() || this.last === NONE_YET) return;
    this.seat.send({ seen: this.last }).catch(() => undefined);
    this.list.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  private write(): void {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    void this.send(crypto.randomUUID(), text);
  }

  /** Kept until the server has it, however often the line breaks; refused, the words come back into the field. */
  private async send(id: string, text: string): Promise<void> {
    const line = this.line(id, this.options.me);
    part(line, "text", HTMLElement).textContent = text;
    line.classList.add("waiting");
    try {
      const answer = await this.seat.send({ client_id: id, text, please_answer: false });
      if (typeof answer.refused === "string") this.giveBack(line, id, text, answer.refused);
      else this.hear(answer.message as Message);
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      this.giveBack(line, id, text, this.options.failed);
    }
  }

  private giveBack(line: HTMLElement, id: string, text: string, why: string): void {
    line.remove();
    this.lines.delete(id);
    this.field.value = this.field.value ? `${text}\n${this.field.value}` : text;
    this.options.came("", why);
  }

  private hear(message: Message): void {
    if (message.type !== "message" || typeof message.number !== "number") return;
    if (this.last === NONE_YET) this.options.began(message.number - 1);
    this.last = this.last === NONE_YET ? message.number : Math.max(this.last, message.number);
    const sender = String(message.sender);
    const id = String(message.client_id);
    const known = this.lines.get(id);
    const line = known ?? this.line(id, sender);
    line.classList.remove("waiting");
    const words = part(line, "text", HTMLElement);
    words.innerHTML = String(message.html); // cleaned by the server, as on the conversation's own page
    if (!known && sender !== this.options.me && message.missed !== true) this.options.came(this.options.called(sender), words.textContent ?? "");
    this.look();
  }

  private line(id: string, sender: string): HTMLElement {
    const copy = part(this.panel, "line", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const line = part(copy, "one", HTMLElement);
    part(line, "who", HTMLElement).textContent = this.options.called(sender);
    line.classList.toggle("mine", sender === this.options.me);
    this.list.append(line);
    this.lines.set(id, line);
    line.scrollIntoView({ block: "nearest" });
    return line;
  }
}
