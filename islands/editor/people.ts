// Who is in the document and where. The server says names; we say where our own cursor is, and again every 15 s.
// It looks to y-tiptap's cursor plugin like an awareness.

import * as Y from "yjs";
import type { Message } from "../live/socket.ts";

interface Cursor {
  anchor: unknown;
  head: unknown;
}

export interface Here {
  id: string;
  person: string;
  name: string;
  cursor: Cursor | null;
}

interface Shown {
  user: { name: string; color: string; ground: number };
  cursor: Cursor | null;
}

const AGAIN = 15_000;
const STALE = 45_000;
const AT_MOST_EVERY = 120;

export class People {
  private readonly others = new Map<string, { number: number; at: number; here: Here }>();
  private readonly listeners = new Set<() => void>();
  private cursor: Cursor | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private readonly rounds = setInterval(() => this.round(), AGAIN);
  private last = 0;

  constructor(
    readonly doc: Y.Doc,
    private readonly relay: (message: Message) => void,
    private readonly onNames: (names: string[]) => void,
  ) {}

  hear(message: Message): void {
    if (Array.isArray(message.here)) for (const here of message.here as Here[]) this.put(here);
    if (typeof message.gone === "string") this.others.delete(message.gone);
    this.changed();
  }

  lost(): void {
    this.others.clear();
    this.changed();
  }

  stop(): void {
    clearInterval(this.rounds);
    clearTimeout(this.waiting);
  }

  // ── as an awareness ──

  getStates(): Map<number, Shown> {
    const shown = [...this.others.values()].map(({ number, here }): [number, Shown] => [
      number,
      { user: { name: here.name, color: "#000000", ground: groundOf(here.person) }, cursor: here.cursor },
    ]);
    return new Map(shown);
  }

  getLocalState(): { cursor: Cursor | null } {
    return { cursor: this.cursor };
  }

  setLocalStateField(_field: string, cursor: Cursor | null): void {
    this.cursor = cursor;
    this.waiting ??= setTimeout(() => this.say(), AT_MOST_EVERY);
  }

  on(_event: string, listener: () => void): void {
    this.listeners.add(listener);
  }

  off(_event: string, listener: () => void): void {
    this.listeners.delete(listener);
  }

  private put(here: Here): void {
    const known = this.others.get(here.id);
    const number = known?.number ?? --this.last; // below zero: never a Yjs client
    this.others.set(here.id, { number, at: Date.now(), here: { ...here, cursor: sound(here.cursor) } });
  }

  /** Tell the others that we are here, and where. */
  say(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.relay({ cursor: this.cursor });
  }

  private round(): void {
    for (const [id, { at }] of this.others) if (Date.now() - at > STALE) this.others.delete(id);
    this.changed();
    this.say();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
    this.onNames([...new Set([...this.others.values()].map(({ here }) => here.name))].sort());
  }
}

/** A cursor that Yjs can read, or none: it came from another browser. */
function sound(cursor: Cursor | null): Cursor | null {
  try {
    if (!cursor) return null;
    Y.createRelativePositionFromJSON(cursor.anchor);
    Y.createRelativePositionFromJSON(cursor.head);
    return cursor;
  } catch {
    return null;
  }
}

/** One of six quiet grounds, always the same for a person. */
export function groundOf(person: string): number {
  return Number.parseInt(person.slice(-4), 16) % 6 || 0;
}
