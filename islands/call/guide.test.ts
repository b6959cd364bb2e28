import assert from "node:assert/strict";
import { test } from "node:test";
import { browserOf } from "./guide.ts";

const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test("each browser is known by what it says of itself", () => {
  assert.equal(browserOf(`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/156.0.0.0 Safari/537.36`), "chrome");
  assert.equal(browserOf(`Mozilla/5.0 (Linux; Android 15) ${WEBKIT} Chrome/156.0.0.0 Mobile Safari/537.36`), "chrome-phone");
  assert.equal(browserOf(`${MAC} ${WEBKIT} Chrome/156.0.0.0 Safari/537.36 Edg/156.0`), "edge");
  assert.equal(browserOf("Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0"), "firefox");
  assert.equal(browserOf(`${MAC} ${WEBKIT} Version/20.0 Safari/605.1.15`), "safari");
  assert.equal(browserOf(`${MAC} ${WEBKIT} Version/20.0 Safari/605.1.15`, 5), "safari-iphone");
  assert.equal(browserOf(`Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) ${WEBKIT} CriOS/156 Safari/604`), "safari-iphone");
  assert.equal(browserOf("Lynx/2.9"), "other");
});
