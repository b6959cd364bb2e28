// What one report says, from what flowed to and from each person since the last.

import { NOTHING, sum, type Counts } from "./stats.ts";

export interface Report {
  sent: { voice: number; video: number };
  received: { from: string; voice: number; video: number }[];
}

/** Which things flow at all: while this stays the same, reports can wait. */
export function shapeOf(second: Map<string, Counts>): string {
  const parts = [...second].map(([person, flow]) =>
    [person, flow.sentVoice > 0, flow.sentVideo > 0, flow.gotVoice > 0, flow.gotVideo > 0].join(),
  );
  return parts.sort().join(" ") || "alone";
}

export function reportOf(flowing: Map<string, Counts>): Report {
  const all = [...flowing.values()].reduce(sum, NOTHING);
  return {
    sent: { voice: all.sentVoice, video: all.sentVideo },
    received: [...flowing].map(([from, flow]) => ({ from, voice: flow.gotVoice, video: flow.gotVideo })),
  };
}
