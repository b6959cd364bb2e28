// What this browser keeps of a conversation: the draft, and messages that are not acknowledged yet.
// Kept for one person, so that the next one at this computer never meets them; erased at sign-out.
//
//   const store = new Store(me, relationship);
//   store.draft = "half a thou";
//   store.keep(newUnsent({ text: "Hello", please_answer: false }));      // one entry each: two tabs never overwrite each other's

import type { Target } from "./about.ts";
import type { Kept } from "./upload.ts";

export interface Unsent {
  client_id: string;
  text: string;
  please_answer: boolean;
  /** The id of the message that it replies to. */
  answers?: string;
  /** Ids of files that are there already, and what they look like until the message is. */
  files?: string[];
  kept?: Kept[];
  /** Orders what one browser wrote; milliseconds, always rising. */
  at: number;
  /** Why the server will not take it as it is. It waits for its writer. */
  refused?: string;
}

export const DRAFT = "conversation:draft:";
export const FILES = "conversation:files:";
export const EDITING = "conversation:editing:";
export const UNSENT = "conversation:unsent:";

let latest = 0;

export interface Editing {
  target: Target;
  text: string;
}

export type Written = Omit<Unsent, "client_id" | "at" | "refused">;

export function newUnsent(written: Written): Unsent {
  latest = Math.max(latest + 1, Date.now());
  return { client_id: crypto.randomUUID(), ...written, at: latest };
}

export class Store {
  readonly draftKey: string;
  readonly unsentKey: string;
  private readonly editingKey: string;
  private readonly filesKey: string;

  constructor(person: string, relationship: string) {
    this.draftKey = `${DRAFT}${person}:${relationship}`;
    this.editingKey = `${EDITING}${person}:${relationship}`;
    this.filesKey = `${FILES}${person}:${relationship}`;
    this.unsentKey = `${UNSENT}${person}:${relationship}:`;
  }

  get draft(): string {
    return shelf.getItem(this.draftKey) ?? "";
  }

  set draft(text: string) {
    if (text) put(this.draftKey, text);
    else remove(this.draftKey);
  }

  /** Other words for a message that was sent, not saved yet. */
  get editing(): Editing | undefined {
    return parsed<Editing>(shelf.getItem(this.editingKey));
  }

  set editing(kept: Editing | undefined) {
    if (kept) put(this.editingKey, JSON.stringify(kept));
    else remove(this.editingKey);
  }

  /** Files that the server has and that no message holds yet. */
  get files(): Kept[] {
    return parsed<Kept[]>(shelf.getItem(this.filesKey)) ?? [];
  }

  set files(kept: Kept[]) {
    if (kept.length) put(this.filesKey, JSON.stringify(kept));
    else remove(this.filesKey);
  }

  /** Oldest first. Read anew each time: another tab of the same person may have sent some. */
  get unsent(): Unsent[] {
    const found: Unsent[] = [];
    for (const key of keys(this.unsentKey)) {
      const kept = read(shelf.getItem(key));
      if (kept) found.push(kept);
    }
    return found.sort((one, other) => one.at - other.at);
  }

  has(clientId: string): boolean {
    return shelf.getItem(this.unsentKey + clientId) !== null;
  }

  keep(message: Unsent): void {
    put(this.unsentKey + message.client_id, JSON.stringify(message));
  }

  done(clientId: string): void {
    remove(this.unsentKey + clientId);
  }

  /** No longer allowed here: nothing of it stays. */
  forget(): void {
    for (const key of [this.draftKey, this.editingKey, this.filesKey, ...keys(this.unsentKey)]) remove(key);
  }
}

function parsed<T>(value: string | null): T | undefined {
  try {
    return (JSON.parse(value ?? "null") as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function read(value: string | null): Unsent | null {
  try {
    const kept = JSON.parse(value ?? "null") as Unsent | null;
    return kept && typeof kept.text === "string" && typeof kept.client_id === "string" ? kept : null;
  } catch {
    return null;
  }
}

/** Conversations in which this person left something unsent. */
export function leftBehind(person: string): string[] {
  const mine = `${UNSENT}${person}:`;
  return [...new Set(keys(mine).map((key) => key.slice(mine.length).split(":")[0] ?? ""))];
}

export async function forgetConversations(): Promise<void> {
  for (const key of [...keys(DRAFT), ...keys(EDITING), ...keys(FILES), ...keys(UNSENT)]) remove(key);
}

// Where the browser lends no room (it is full, or forbids it), this page's own memory has to do.
const memory = new Map<string, string>();
const shelf = {
  getItem: (key: string): string | null => memory.get(key) ?? room()?.getItem(key) ?? null,
};

function room(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

function put(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
    memory.delete(key);
  } catch {
    memory.set(key, value);
  }
}

function remove(key: string): void {
  memory.delete(key);
  room()?.removeItem(key);
}

function keys(prefix: string): string[] {
  const all = new Set([...memory.keys(), ...Object.keys(room() ?? {})]);
  return [...all].filter((key) => key.startsWith(prefix));
}
