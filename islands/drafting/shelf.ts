// What was typed into a part and is not acknowledged yet, kept in this browser for this person; erased at sign-out.
//
//   const shelf = new Shelf(person, relationship, "schedule");
//   shelf.keep(new Map([["minutes", { value: "45", since: 3 }]]));

import { keeps } from "../live/kept.ts";
import type { Typed } from "./typed.ts";

export interface Kept {
  value: Typed;
  /** The stamp of the part at which this page last agreed with the server about the field. */
  since: number;
}

const PREFIX = "agreement:typed:";

export class Shelf {
  private readonly key: string;

  constructor(person: string, relationship: string, part: string) {
    this.key = `${PREFIX}${person}:${relationship}:${part}`;
  }

  read(): Map<string, Kept> {
    try {
      return new Map(Object.entries(JSON.parse(localStorage.getItem(this.key) ?? "{}") as Record<string, Kept>));
    } catch {
      return new Map();
    }
  }

  keep(dirty: Map<string, Kept>): void {
    try {
      if (dirty.size) localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(dirty)));
      else localStorage.removeItem(this.key);
    } catch {
      // The browser keeps nothing for us: what is typed lives as long as the page.
    }
  }
}

keeps("agreement", async () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
});
