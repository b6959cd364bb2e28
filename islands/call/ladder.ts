// The media ladder: what a line carries, so that the talk goes on when it is bad. Pure: a measure in, a state out.
//
//   let state = begin("video");
//   state = step(state, { kbps: 90, loss: 0.02, rtt: 180 });   // once a second
//   state.rung   // "screen": voice with screen share
//
// Down when it has been bad for a few seconds; up one rung after a quiet time, as a trial: a trial that fails
// doubles the time until the next, so that nobody's picture comes and goes.

/** From the best; the least kbit/s for each. */
export const RUNGS = ["video", "small", "screen", "voice", "text"] as const;
export type Rung = (typeof RUNGS)[number];
export const FLOOR: Record<Rung, number> = { video: 600, small: 150, screen: 60, voice: 25, text: 0 };

/** kbps: what the way out holds, when the browser can tell. loss: 0 to 1, the worse direction. rtt: milliseconds. */
export interface Measure {
  kbps?: number | undefined;
  loss: number;
  rtt: number;
}

export interface Ladder {
  rung: Rung;
  /** The best rung to be taken, by need or by hand. */
  ceiling: Rung;
  /** Seconds in a row: too bad for this rung, and good enough to try the next. */
  bad: number;
  good: number;
  /** Seconds of quiet before going up. */
  wait: number;
  /** Seconds since the last way up; undefined when it has proved itself. */
  trial: number | undefined;
}

export const BAD_FOR = 3;
export const AWFUL_FOR = 2;
export const FIRST_WAIT = 10;
export const LONGEST_WAIT = 80;
/** A way up that held so long has succeeded. */
export const PROVEN = 15;

export const below = (one: Rung, other: Rung): boolean => RUNGS.indexOf(one) > RUNGS.indexOf(other);
/** The lower of two: what both sides can carry. */
export const lower = (one: Rung, other: Rung): Rung => (below(one, other) ? one : other);

export function begin(ceiling: Rung, rung: Rung = ceiling): Ladder {
  return { rung: lower(rung, ceiling), ceiling, bad: 0, good: 0, wait: FIRST_WAIT, trial: undefined };
}

/** By hand: nothing better than this from now on; back to a better one at once. */
export function choose(state: Ladder, ceiling: Rung): Ladder {
  return begin(ceiling, below(ceiling, state.rung) || below(ceiling, state.ceiling) ? lower(ceiling, state.rung) : ceiling);
}

export function step(state: Ladder, measure: Measure): Ladder {
  const fits = fitting(state.rung, measure);
  if (below(fits, state.rung)) return worse(state, fits, measure);
  if (!calm(measure)) return { ...state, bad: 0, good: 0, ...prove(state) };
  return better({ ...state, bad: 0, good: state.good + 1, ...prove(state) });
}

/** The best rung, from this one down, that such a line carries. */
export function fitting(rung: Rung, { kbps, loss, rtt }: Measure): Rung {
  if (loss > 0.5 || rtt > 4_000) return "text";
  const byRate = kbps === undefined ? rung : (RUNGS.find((each) => FLOOR[each] <= kbps * 1.1) ?? "text");
  const lost = loss > 0.12 || rtt > 1_200;
  // Loss alone never takes the voices away: what is heard with gaps is better than silence.
  const byLoss = lost && below("voice", rung) ? next(rung) : rung;
  return lower(lower(byRate, byLoss), rung);
}

const calm = ({ loss, rtt }: Measure): boolean => loss < 0.04 && rtt < 700;
const awful = ({ kbps, rtt }: Measure, rung: Rung): boolean =>
  rtt > 2_500 || (kbps !== undefined && kbps < FLOOR[rung] / 2);
const next = (rung: Rung): Rung => RUNGS[Math.min(RUNGS.indexOf(rung) + 1, RUNGS.length - 1)] ?? "text";
const above = (rung: Rung): Rung => RUNGS[Math.max(RUNGS.indexOf(rung) - 1, 0)] ?? "video";

function worse(state: Ladder, fits: Rung, measure: Measure): Ladder {
  const bad = state.bad + 1;
  const enough = bad >= (awful(measure, state.rung) ? AWFUL_FOR : BAD_FOR);
  if (!enough) return { ...state, bad, good: 0, ...prove(state) };
  const failed = state.trial !== undefined;
  const wait = failed ? Math.min(LONGEST_WAIT, state.wait * 2) : state.wait;
  return { ...state, rung: fits, bad: 0, good: 0, wait, trial: undefined };
}

function better(state: Ladder): Ladder {
  if (state.rung === state.ceiling || state.good < state.wait) return state;
  return { ...state, rung: above(state.rung), good: 0, bad: 0, trial: 0 };
}

/** Time goes on for a trial; one that held makes the next wait short again. */
function prove({ trial, wait }: Ladder): Pick<Ladder, "trial" | "wait"> {
  if (trial === undefined) return { trial, wait };
  return trial + 1 >= PROVEN ? { trial: undefined, wait: FIRST_WAIT } : { trial: trial + 1, wait };
}
