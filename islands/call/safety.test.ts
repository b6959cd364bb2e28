import assert from "node:assert/strict";
import { test } from "node:test";
import { codeFrom, fingerprintIn } from "./safety.ts";

const SDP = "v=0\r\na=group:BUNDLE 0\r\na=fingerprint:sha-256 0A:1b:2C\r\nm=audio 9\r\n";

test("both sides see the same code, and a third key gives another", async () => {
  const code = await codeFrom("SHA-256 0A:1B", "SHA-256 FF:00");
  assert.match(code, /^(\d{4} ){4}\d{4}$/);
  assert.equal(await codeFrom("SHA-256 FF:00", "SHA-256 0A:1B"), code);
  assert.notEqual(await codeFrom("SHA-256 FF:01", "SHA-256 0A:1B"), code);
});

test("a description's fingerprint is found, whatever its letters", () => {
  assert.equal(fingerprintIn(SDP), "SHA-256 0A:1B:2C");
  assert.equal(fingerprintIn("v=0"), undefined);
  assert.equal(fingerprintIn(undefined), undefined);
});
