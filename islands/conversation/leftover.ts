// On any other page: brings to the server what was written offline in a tab that was closed since.
//
//   if (somethingIsLeft()) void import("../conversation/leftover.ts").then(({ bring }) => bring());

import { keeps } from "../live/kept.ts";
import { connect } from "../live/socket.ts";
import { whoIsHere } from "../live/ticket.ts";
import { Deliverer } from "./deliver.ts";
import { forgetConversations, leftBehind, Store } from "./store.ts";

keeps("conversation", forgetConversations);

export async function bring(): Promise<void> {
  const person = await whoIsHere();
  if (!person) return;
  for (const relationship of leftBehind(person)) {
    const store = new Store(person, relationship);
    if (!store.unsent.some((message) => message.refused === undefined)) continue;
    const seat = connect().join(`conversation:${relationship}`, {
      seen: () => Number.MAX_SAFE_INTEGER,
      onMessage: () => undefined,
      onReady: () => deliverer.all(),
    });
    const deliverer = new Deliverer(seat, store, undefined, "failed", () => {
      if (!store.unsent.length) seat.leave();
    });
  }
}
