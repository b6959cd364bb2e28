// A document that several people write at once, and whether what was written here is saved.
//
//   const shared = new SharedDocument(id, { onOpen: () => …, onState: (state) => …, onMessage: (message) => … });

import * as Y from "yjs";
import { connect, type Message, type Seat } from "../live/socket.ts";
import * as kept from "./kept.ts";

export type State = "opening" | "saved" | "saving" | "offline" | "refused" | "failed";

interface Handlers {
  /** The whole document is here: the editor may be shown. */
  onOpen(): void;
  onState(state: State): void;
  /** What is not ours: who is here. */
  onMessage(message: Message): void;
}

/** Reasons after which nothing of it may stay in this browser. For any other, what was written is kept. */
const NOT_OURS = new Set(["not-found", "no-access", "signed-out"]);

export class SharedDocument {
  readonly doc = new Y.Doc();
  seat: Seat | undefined;
  private number = 0;
  private saved = 0;
  private open = false;
  /** What is kept in this browser, by the number it was sent with. */
  private readonly keys: { number: number; key: Promise<IDBValidKey | undefined> }[] = [];

  constructor(
    private readonly id: string,
    private readonly handlers: Handlers,
  ) {}

  async start(): Promise<void> {
    this.handlers.onState("opening");
    const left = await kept.of(this.id).catch(() => ({ keys: [], updates: [] }));
    for (const update of left.updates) Y.applyUpdate(this.doc, update, this);
    for (const key of left.keys) this.keys.push({ number: 0, key: Promise.resolve(key) });
    this.doc.on("update", (update: Uint8Array, origin: unknown) => origin !== this && this.wrote(update));
    this.seat = connect().join(`document:${this.id}`, {
      seen: () => base64(Y.encodeStateVector(this.doc)),
      onBytes: (update) => this.hear(update),
      onMessage: (message) => this.told(message),
      onReady: () => this.ready(),
      onLost: () => this.handlers.onState(this.open ? "offline" : "opening"),
      onRefused: (reason) => void this.refused(reason),
    });
  }

  stop(): void {
    this.seat?.leave();
    this.doc.destroy();
  }

  private wrote(update: Uint8Array): void {
    this.keys.push({ number: ++this.number, key: kept.add(this.id, update).catch(() => undefined) });
    if (this.send(this.number, update)) this.handlers.onState("saving");
  }

  private send(number: number, update: Uint8Array): boolean {
    const frame = new Uint8Array(4 + update.length);
    new DataView(frame.buffer).setUint32(0, number);
    frame.set(update, 4);
    return this.seat?.sendBytes(frame) ?? false;
  }

  private hear(update: Uint8Array): void {
    try {
      Y.applyUpdate(this.doc, update, this);
    } catch {
      // Somebody's garbage: the server refuses to store it.
    }
  }

  private told(message: Message): void {
    if (typeof message.saved === "number") this.wasSaved(message.saved);
    if (message.again) this.seat?.join(); // something was written that no browser typed: ask for what we lack
    if (typeof message.vector === "string") this.theirs = fromBase64(message.vector);
    this.handlers.onMessage(message);
  }

  private theirs: Uint8Array | undefined;

  /** Joined: everything missed is here. What the server lacks goes out as one update. */
  private ready(): void {
    if (this.keys.length || this.isAhead()) {
      this.send(++this.number, Y.encodeStateAsUpdate(this.doc, this.theirs));
      this.handlers.onState("saving");
    } else {
      this.handlers.onState("saved");
    }
    if (this.open) return;
    this.open = true;
    this.handlers.onOpen();
  }

  private isAhead(): boolean {
    const theirs = this.theirs ? Y.decodeStateVector(this.theirs) : new Map<number, number>();
    return [...Y.decodeStateVector(Y.encodeStateVector(this.doc))].some(([client, at]) => at > (theirs.get(client) ?? 0));
  }

  private wasSaved(number: number): void {
    this.saved = Math.max(this.saved, number);
    const done = this.keys.filter((one) => one.number <= this.saved);
    this.keys.splice(0, this.keys.length, ...this.keys.filter((one) => one.number > this.saved));
    void Promise.all(done.map((one) => one.key)).then((keys) => kept.drop(keys.filter((key) => key !== undefined)));
    if (this.saved >= this.number) this.handlers.onState("saved");
  }

  private async refused(reason: string): Promise<void> {
    if (reason === "left") return;
    this.handlers.onState(NOT_OURS.has(reason) ? "refused" : "failed");
    if (NOT_OURS.has(reason)) await kept.forget(this.id).catch(() => undefined);
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
