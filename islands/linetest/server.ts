// The way to the server: round trips over the page's socket, and what one download makes.

import type { Socket } from "../live/socket.ts";

const TRIPS = 8;
const PATIENCE = 8_000;

/** Milliseconds of each send until it was acknowledged; none when the socket is not reached. */
export async function socket(line: Socket, topic: string): Promise<number[]> {
  const trips: number[] = [];
  const seat = line.join(topic, { onMessage: () => undefined });
  const end = performance.now() + PATIENCE;
  while (trips.length < TRIPS && performance.now() < end) {
    const began = performance.now();
    const late = new Promise<"late">((done) => setTimeout(() => done("late"), end - performance.now()));
    const answer = await Promise.race([seat.send({}).catch(() => "late" as const), late]);
    if (answer === "late") break;
    trips.push(Math.round(performance.now() - began));
  }
  seat.leave();
  return trips.slice(1); // the first one also opened the line
}

/** kbit/s of one file of ours, not taken from the browser's own store. */
export async function download(address: string): Promise<number | undefined> {
  try {
    const began = performance.now();
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    const { byteLength } = await answer.arrayBuffer();
    const sent = Number(answer.headers.get("content-length")) || byteLength;
    return Math.round((sent * 8) / (performance.now() - began));
  } catch {
    return undefined;
  }
}
