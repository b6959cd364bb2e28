// What this browser is and what is plugged into it, in words for a report.

import { browserOf } from "../call/guide.ts";

export function browser(): string {
  const can = [
    ["calls", "RTCPeerConnection" in window],
    ["screen", "getDisplayMedia" in (navigator.mediaDevices ?? {})],
    ["loudspeaker", "setSinkId" in HTMLMediaElement.prototype],
    ["secure page", isSecureContext],
  ] as const;
  const agent = navigator.userAgent.replace(/\s+/g, " ");
  return `${browserOf(agent, navigator.maxTouchPoints)} (${agent}); ${can.map(([name, yes]) => `${name} ${yes ? "yes" : "no"}`).join(", ")}`;
}

/** Asks for the microphone, since browsers count devices only for who was let in; both tracks are stopped at once. */
export async function devices(): Promise<{ text: string; microphone: boolean }> {
  const media = navigator.mediaDevices;
  if (!media) return { text: "none: the page is not secure", microphone: false };
  const why: string[] = [];
  for (const kind of ["audio", "video"] as const) {
    try {
      const stream = await media.getUserMedia({ [kind]: true });
      const [track] = stream.getTracks();
      const { width, height } = track?.getSettings() ?? {};
      why.push(`${kind} works${width ? ` (${width}x${height})` : ""}`);
      for (const each of stream.getTracks()) each.stop();
    } catch (error) {
      why.push(`${kind} ${error instanceof DOMException ? error.name : "failed"}`);
    }
  }
  const all = await media.enumerateDevices();
  const count = (kind: string) => all.filter((each) => each.kind === kind).length;
  const text = `${count("videoinput")}, ${count("audioinput")}, ${count("audiooutput")}; ${why.join(", ")}`;
  return { text, microphone: why[0]?.endsWith("works") ?? false };
}
