// A seat in one topic, kept across reconnects.
//
//   const seat = connect().join(`call:${id}`, { onMessage: (message) => …, onReady: () => … });
//   await seat.send({ pressed: "leave" });   // resolves once the server has it for good, however often the line breaks
//   seat.relay({ candidate });               // passed on if the line is there, else forgotten

import type { Asked, Message } from "./wire.ts";
import { joinBytes } from "./wire.ts";

export interface SeatHandlers {
  /** What this page has already: told on each joining, so that the server sends the rest. */
  seen?: () => unknown;
  onMessage(message: Message): void;
  onBytes?(bytes: Uint8Array): void;
  /** Joined, and everything missed has been delivered. After each reconnect. */
  onReady?(): void;
  /** The line is gone; the seat comes back by itself. */
  onLost?(): void;
  /** Not (or no longer) allowed here: "not-found", "no-access", "signed-out", "too-many" or a topic's own word. */
  onRefused?(reason: string): void;
}

/** The server will never take this send. */
export class NotTaken extends Error {
  constructor(readonly reason: string) {
    super(`not taken: ${reason}`);
  }
}

interface Kept {
  readonly id: string;
  readonly body: Message;
  readonly resolve: (acknowledgement: Message) => void;
  readonly reject: (reason: NotTaken) => void;
  under_way: boolean;
}

/** Sends that may wait for their acknowledgements at once. */
const AT_ONCE = 32;

export interface Line {
  say(asked: Asked): boolean;
  sayBytes(frame: Uint8Array<ArrayBuffer>): boolean;
  forget(seat: Seat): void;
}

export class Seat {
  /** This connection's name at the server; "" until joined, another after each reconnect. */
  id = "";
  ready = false;
  private gone = false;
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly line: Line,
    readonly n: number,
    readonly topic: string,
    readonly handlers: SeatHandlers,
  ) {}

  /** Kept and sent again with the same id until acknowledged. Rejects with NotTaken when refused for good. */
  send(body: Message): Promise<Message> {
    if (this.gone) return Promise.reject(new NotTaken("left"));
    return new Promise((resolve, reject) => {
      const id = crypto.randomUUID();
      this.kept.set(id, { id, body, resolve, reject, under_way: false });
      this.pump();
    });
  }

  /** False when the line is not there: it is not kept. */
  relay(body: Message): boolean {
    return this.ready && this.line.say({ do: "relay", n: this.n, body });
  }

  /** False when the line is not there: it is not kept. */
  sendBytes(bytes: Uint8Array): boolean {
    return this.ready && this.line.sayBytes(joinBytes(this.n, bytes));
  }

  leave(): void {
    if (this.gone) return;
    this.line.say({ do: "leave", n: this.n });
    this.end("left");
  }

  // ── called by the socket ──

  join(): void {
    this.line.say({ do: "join", n: this.n, topic: this.topic, seen: this.handlers.seen?.() ?? null });
  }

  joined(id: string): void {
    this.id = id;
  }

  caughtUp(): void {
    this.ready = true;
    for (const send of this.kept.values()) send.under_way = false;
    this.handlers.onReady?.();
    this.pump();
  }

  taken(id: string, body: Message): void {
    this.kept.get(id)?.resolve(body);
    this.kept.delete(id);
    this.pump();
  }

  notTaken(id: string, reason: string): void {
    const send = this.kept.get(id);
    if (!send) return;
    if (reason === "not-seated") {
      send.under_way = false; // told again once we are seated
      return;
    }
    this.kept.delete(id);
    send.reject(new NotTaken(reason));
    this.pump();
  }

  lost(): void {
    if (!this.ready) return;
    this.ready = false;
    this.id = "";
    this.handlers.onLost?.();
  }

  refused(reason: string): void {
    if (this.gone) return;
    this.end(reason);
    this.handlers.onRefused?.(reason);
  }

  private end(reason: string): void {
    this.gone = true;
    this.ready = false;
    this.line.forget(this);
    for (const send of this.kept.values()) send.reject(new NotTaken(reason));
    this.kept.clear();
  }

  private pump(): void {
    if (!this.ready) return;
    let underWay = 0;
    for (const send of this.kept.values()) {
      if (!send.under_way) {
        send.under_way = this.line.say({ do: "send", n: this.n, id: send.id, body: send.body });
      }
      if (++underWay >= AT_ONCE) return;
    }
  }
}
