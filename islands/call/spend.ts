// What a rung spends: how large a picture, how many a second, how many bits for a voice.
//
//   await spend(transceiver.sender, "camera", "small", 1);

import type { Rung } from "./ladder.ts";

export type Kind = "voice" | "camera" | "screen" | "sound";

interface Budget {
  bits: number;
  /** Pictures a second, and by how much smaller than what the camera gives. */
  fps?: number;
  smaller?: number;
}

const BUDGETS: Record<Rung, Partial<Record<Kind, Budget>>> = {
  video: { voice: { bits: 40_000 }, camera: { bits: 1_500_000, fps: 30 }, screen: { bits: 2_000_000, fps: 15 }, sound: { bits: 96_000 } },
  small: { voice: { bits: 28_000 }, camera: { bits: 110_000, fps: 12, smaller: 3 }, screen: { bits: 110_000, fps: 5 }, sound: { bits: 24_000 } },
  screen: { voice: { bits: 20_000 }, screen: { bits: 40_000, fps: 2, smaller: 1.5 } },
  voice: { voice: { bits: 14_000 } },
  text: {},
};

/** Whether a rung carries this at all. */
export const carries = (rung: Rung, kind: Kind): boolean => BUDGETS[rung][kind] !== undefined;

/** `others`: people that the same picture goes to, one connection each; they share the budget. */
export async function spend(sender: RTCRtpSender, kind: Kind, rung: Rung, others: number): Promise<void> {
  const budget = BUDGETS[rung][kind];
  const parameters = sender.getParameters();
  const [first] = parameters.encodings;
  if (!first || !budget) return;
  const share = kind === "voice" ? 1 : Math.max(1, others);
  const wanted: RTCRtpEncodingParameters = { maxBitrate: Math.round(budget.bits / share) };
  if (budget.fps) wanted.maxFramerate = budget.fps;
  if (kind === "camera" || kind === "screen") wanted.scaleResolutionDownBy = (budget.smaller ?? 1) * (others > 1 ? 1.5 : 1);
  // Fewer, longer packets of sound when their heads cost more than what they carry. Where a browser knows it.
  if (kind === "voice") Object.assign(wanted, { adaptivePtime: rung === "voice" });
  if (Object.entries(wanted).every(([name, value]) => (first as Record<string, unknown>)[name] === value)) return;
  Object.assign(first, wanted);
  await sender.setParameters(parameters).catch(() => undefined); // before the first negotiation some browsers refuse
}
