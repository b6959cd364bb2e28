// Brings what was kept to the server, in the order in which it was written.

import { NotTaken, type Message, type Seat } from "../live/socket.ts";
import type { Line, Lines } from "./lines.ts";
import type { Store, Unsent } from "./store.ts";

/** Reasons that end the seat itself: whoever may no longer be here is told by the page. */
const OVER = new Set(["left", "signed-out", "not-found", "no-access"]);

export class Deliverer {
  private readonly underWay = new Set<string>();

  constructor(
    private readonly seat: Seat,
    private readonly store: Store,
    private readonly lines: Pick<Lines, "await"> | undefined,
    private readonly failed: string,
    private readonly taken: (line: Line) => void,
  ) {}

  showKept(): void {
    for (const message of this.store.unsent) this.lines?.await(message);
  }

  all(): void {
    for (const message of this.store.unsent) {
      this.lines?.await(message);
      if (message.refused === undefined && !this.underWay.has(message.client_id)) void this.deliver(message);
    }
  }

  again({ refused: _refused, ...message }: Unsent): void {
    this.store.keep(message);
    this.all();
  }

  private async deliver(message: Unsent): Promise<void> {
    this.underWay.add(message.client_id);
    try {
      const { at: _at, refused: _refused, kept: _kept, ...said } = message;
      const answer = await this.seat.send(said);
      if (typeof answer["refused"] === "string") this.refuse(message, answer["refused"]);
      else this.accept(message, answer["message"] as Message);
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      if (!OVER.has(error.reason)) this.refuse(message, this.failed);
    } finally {
      this.underWay.delete(message.client_id);
    }
  }

  private accept(message: Unsent, line: Message): void {
    this.store.done(message.client_id);
    this.taken(line as unknown as Line);
  }

  /** Its words stay here, with the reason, until their writer decides. */
  private refuse(message: Unsent, reason: string): void {
    if (!this.store.has(message.client_id)) return; // another tab brought it there meanwhile
    const kept = { ...message, refused: reason };
    this.store.keep(kept);
    this.lines?.await(kept);
  }
}
