import assert from "node:assert/strict";
import { test } from "node:test";
import { reportOf, shapeOf } from "./reports.ts";
import { NOTHING, countsIn, flowSince, type Counts } from "./stats.ts";

const counts = (sentVoice: number, sentVideo: number, gotVoice: number, gotVideo: number): Counts => ({
  sentVoice,
  sentVideo,
  gotVoice,
  gotVideo,
});

test("counts come from streams of sound and picture, and from nothing else", () => {
  assert.deepEqual(
    countsIn([
      { type: "outbound-rtp", kind: "audio", packetsSent: 50 },
      { type: "outbound-rtp", kind: "video", packetsSent: 900, framesSent: 30 },
      { type: "inbound-rtp", kind: "audio", packetsReceived: 49 },
      { type: "inbound-rtp", kind: "video", packetsReceived: 800, framesDecoded: 28 },
      { type: "remote-inbound-rtp", kind: "video", packetsReceived: 7 },
      { type: "inbound-rtp", kind: "video" },
    ]),
    counts(50, 30, 49, 28),
  );
});

test("what flowed is never negative: a restarted stream begins at nought", () => {
  assert.deepEqual(flowSince(counts(50, 30, 49, 28), counts(60, 4, 49, 30)), counts(10, 4, 0, 2));
  assert.deepEqual(flowSince(NOTHING, NOTHING), NOTHING);
});

test("a report adds up what was sent to all, and names whose media arrived", () => {
  const flowing = new Map([
    ["tomas", counts(10, 5, 9, 0)],
    ["ana", counts(10, 5, 0, 3)],
  ]);
  assert.deepEqual(reportOf(flowing), {
    sent: { voice: 20, video: 10 },
    received: [
      { from: "tomas", voice: 9, video: 0 },
      { from: "ana", voice: 0, video: 3 },
    ],
  });
  assert.deepEqual(reportOf(new Map()), { sent: { voice: 0, video: 0 }, received: [] });
});

test("the shape changes when something begins or stops, and not with its size", () => {
  const shape = (...all: Counts[]) => shapeOf(new Map(all.map((flow, index) => [`p${index}`, flow])));
  assert.equal(shape(counts(10, 5, 9, 7)), shape(counts(1, 50, 3, 9)));
  assert.notEqual(shape(counts(10, 5, 9, 7)), shape(counts(10, 0, 9, 7)));
  assert.notEqual(shape(), shape(NOTHING));
});
