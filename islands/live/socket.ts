// One socket a page. It comes back by itself; seats join again with what they have seen.
//
//   import { connect } from "../live/socket.ts";
//   const seat = connect().join(`call:${id}`, { onMessage: (message) => … });

import { Backoff } from "./backoff.ts";
import { eraseAll } from "./kept.ts";
import { prefix } from "./prefix.ts";
import { Seat, type Line, type SeatHandlers } from "./seat.ts";
import { showLine } from "./status.ts";
import { SignedOut, ticket } from "./ticket.ts";
import { readBytes, readText, type Asked, type Said } from "./wire.ts";

export { Seat, NotTaken, type SeatHandlers } from "./seat.ts";
export type { Message } from "./wire.ts";

/** Without a word for QUIET ms we ask; without an answer for PATIENCE ms the line is dead. */
const QUIET = 25_000;
const PATIENCE = 10_000;
const SESSION_ENDED = 4001;

export class Socket implements Line {
  private readonly seats = new Map<number, Seat>();
  private readonly backoff = new Backoff();
  private wire: WebSocket | undefined;
  private open = false;
  private over = false;
  private last = 0;
  private again: ReturnType<typeof setTimeout> | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private trying = false;
  private checking = false;
  private heard = 0;
  private since = 0;

  constructor() {
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.drop());
    addEventListener("pagehide", () => this.drop());
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.ask());
  }

  join(topic: string, handlers: SeatHandlers): Seat {
    const seat = new Seat(this, ++this.last, topic, handlers);
    this.seats.set(seat.n, seat);
    if (this.over) queueMicrotask(() => seat.refused("signed-out"));
    else if (this.open) seat.join();
    else void this.start();
    return seat;
  }

  /** Somebody waits: is the line still there? Answered within `patience` ms, or it is dialled anew. */
  check(patience: number): void {
    if (this.checking) return;
    if (!this.open) {
      if (performance.now() - this.since < patience) return;
      this.trying = false; // what hangs in a dead network is not waited for
      this.drop();
      return this.hurry();
    }
    this.checking = true;
    this.say({ do: "ping" });
    const before = this.heard;
    setTimeout(() => {
      this.checking = false;
      if (this.heard !== before || !this.open) return;
      this.drop();
      this.hurry();
    }, patience);
  }

  // ── what seats use ──

  say(asked: Asked): boolean {
    if (!this.open || !this.wire) return false;
    this.wire.send(JSON.stringify(asked));
    return true;
  }

  sayBytes(frame: Uint8Array<ArrayBuffer>): boolean {
    if (!this.open || !this.wire) return false;
    this.wire.send(frame);
    return true;
  }

  forget(seat: Seat): void {
    this.seats.delete(seat.n);
  }

  // ── the line ──

  private async start(): Promise<void> {
    if (this.wire || this.trying || this.over) return;
    this.trying = true;
    this.since = performance.now();
    clearTimeout(this.again);
    try {
      const wire = await this.dial();
      if (this.wire) return wire.close(); // another try was quicker
      this.listenTo(wire);
    } catch (error) {
      if (error instanceof SignedOut) await this.end();
      else this.later();
    } finally {
      this.trying = false;
    }
  }

  private async dial(): Promise<WebSocket> {
    const shown = await ticket();
    const wire = new WebSocket(`${location.origin.replace(/^http/, "ws")}${prefix}/live/socket`);
    wire.binaryType = "arraybuffer";
    wire.onopen = () => wire.send(JSON.stringify({ do: "hello", ticket: shown } satisfies Asked));
    return wire;
  }

  private listenTo(wire: WebSocket): void {
    this.wire = wire;
    this.listen(PATIENCE);
    wire.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.heard += 1;
      this.listen(QUIET);
      if (typeof data === "string") for (const said of readText(data)) this.hear(said);
      else this.hearBytes(new Uint8Array(data));
    };
    wire.onclose = ({ code }) => wire === this.wire && this.lose(code);
  }

  private hear(said: Said): void {
    switch (said.is) {
      case "ready":
        this.open = true;
        this.backoff.reset();
        showLine("there");
        return this.seats.forEach((seat) => seat.join());
      case "resync":
        return this.seats.forEach((seat) => seat.join());
      case "pong":
        return;
      case "wrong":
        return console.warn("live:", said.why);
    }
    const seat = this.seats.get(said.n);
    if (!seat) return;
    switch (said.is) {
      case "joined":
        return seat.joined(said.id);
      case "caught-up":
        return seat.caughtUp();
      case "message":
        return seat.handlers.onMessage(said.body);
      case "taken":
        return seat.taken(said.id, said.body);
      case "not-taken":
        return seat.notTaken(said.id, said.reason);
      case "refused":
      case "closed":
        return seat.refused(said.reason);
    }
  }

  private hearBytes(frame: Uint8Array): void {
    const { n, pieces } = readBytes(frame);
    for (const piece of pieces) this.seats.get(n)?.handlers.onBytes?.(piece);
  }

  private lose(code: number): void {
    this.wire = undefined;
    this.open = false;
    clearTimeout(this.quiet);
    for (const seat of this.seats.values()) seat.lost();
    if (this.over) return;
    showLine("lost");
    if (code === SESSION_ENDED) void this.start(); // a changed password gives a new session; else we learn it is over
    else this.later();
  }

  private later(): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => void this.start(), this.backoff.next());
  }

  private hurry(): void {
    this.backoff.reset();
    if (this.seats.size) void this.start();
  }

  private drop(): void {
    const wire = this.wire;
    if (!wire) return;
    this.lose(1001);
    wire.close();
  }

  private ask(): void {
    if (!this.open) return this.hurry();
    this.say({ do: "ping" });
    this.listen(PATIENCE, true);
  }

  private listen(patience: number, asked = !this.open): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => (asked ? this.drop() : this.ask()), patience);
  }

  private async end(): Promise<void> {
    this.over = true;
    for (const seat of [...this.seats.values()]) seat.refused("signed-out");
    await eraseAll();
    showLine("over");
  }
}

let socket: Socket | undefined;

/** The page's one socket. It opens with the first seat. */
export function connect(): Socket {
  return (socket ??= new Socket());
}
