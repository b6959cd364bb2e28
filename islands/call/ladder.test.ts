import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_WAIT, LONGEST_WAIT, RUNGS, begin, below, choose, fitting, step, type Ladder, type Measure } from "./ladder.ts";

const GOOD: Measure = { kbps: 2_000, loss: 0, rtt: 40 };
const after = (seconds: number, measure: Measure, from: Ladder): Ladder =>
  Array.from({ length: seconds }).reduce<Ladder>((state) => step(state, measure), from);

test("each bandwidth has its rung, with loss and delay beside it", () => {
  const rates = [900, 400, 100, 40, 10].map((kbps) => fitting("video", { kbps, loss: 0, rtt: 50 }));
  assert.deepEqual(rates, ["video", "small", "screen", "voice", "text"]);
  assert.equal(fitting("video", { loss: 0.05, rtt: 300 }), "video");
  assert.equal(fitting("video", { loss: 0.2, rtt: 300 }), "small");
  assert.equal(fitting("voice", { loss: 0.3, rtt: 300 }), "voice"); // voices with gaps are better than silence
  assert.equal(fitting("voice", { loss: 0.6, rtt: 300 }), "text");
});

test("a bad moment changes nothing, bad seconds do", () => {
  const bad: Measure = { kbps: 400, loss: 0, rtt: 50 };
  assert.equal(after(2, bad, begin("video")).rung, "video");
  assert.equal(after(3, bad, begin("video")).rung, "small");
  assert.equal(step(after(2, bad, begin("video")), GOOD).bad, 0);
  assert.equal(after(2, { kbps: 30, loss: 0, rtt: 50 }, begin("video")).rung, "voice"); // an awful line does not wait
});

test("up goes one rung at a time, after a quiet time, to the ceiling", () => {
  const low = begin("video", "voice");
  assert.equal(after(FIRST_WAIT - 1, GOOD, low).rung, "voice");
  assert.equal(after(FIRST_WAIT, GOOD, low).rung, "screen");
  assert.equal(after(300, GOOD, low).rung, "video");
  assert.equal(after(300, GOOD, begin("small", "text")).rung, "small");
});

test("a way up that fails doubles the wait, and a line that stays bad is tried ever more rarely", () => {
  let state = begin("video", "voice");
  let changes = 0;
  for (let second = 0; second < 600; second++) {
    const before = state.rung;
    state = step(state, { kbps: below("screen", state.rung) ? undefined : 30, loss: 0, rtt: 60 });
    if (state.rung !== before) changes += 1;
  }
  assert.equal(state.wait, LONGEST_WAIT);
  assert.ok(changes <= 18, `${changes} changes in ten minutes`);
});

test("by hand: at once, both ways, and the line may still go lower", () => {
  const voice = choose(begin("video"), "voice");
  assert.deepEqual([voice.rung, voice.ceiling], ["voice", "voice"]);
  assert.equal(choose(voice, "video").rung, "video");
  assert.equal(after(3, { kbps: 10, loss: 0, rtt: 60 }, voice).rung, "text");
});

test("whatever is measured, a state is on the ladder and never above its ceiling", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (const ceiling of RUNGS) {
    let state = begin(ceiling);
    for (let second = 0; second < 2_000; second++) {
      const before = state;
      const measure = { kbps: random() < 0.2 ? undefined : random() * 900, loss: random() ** 3, rtt: random() * 1_500 };
      state = step(state, measure);
      assert.ok(RUNGS.includes(state.rung) && !below(ceiling, state.rung));
      assert.ok(RUNGS.indexOf(before.rung) - RUNGS.indexOf(state.rung) <= 1);
      assert.ok(state.wait >= FIRST_WAIT && state.wait <= LONGEST_WAIT);
    }
  }
});
