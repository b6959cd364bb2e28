import assert from "node:assert/strict";
import { test } from "node:test";
import { joinBytes, readBytes, readText } from "./wire.ts";

test("binary frames read back, whatever their length", () => {
  for (const length of [0, 1, 127, 128, 20_000, 300_000]) {
    const piece = new Uint8Array(length).fill(7);
    assert.deepEqual(readBytes(joinBytes(300, piece)), { n: 300, pieces: [piece] });
  }
});

test("pieces that waited together come apart", () => {
  assert.deepEqual(readBytes(Uint8Array.of(1, 1, 9, 2, 8, 7)), {
    n: 1,
    pieces: [Uint8Array.of(9), Uint8Array.of(8, 7)],
  });
});

test("a text frame is one message or several", () => {
  assert.deepEqual(readText('{"is":"pong"}'), [{ is: "pong" }]);
  assert.deepEqual(readText('[{"is":"pong"},{"is":"resync"}]'), [{ is: "pong" }, { is: "resync" }]);
});
