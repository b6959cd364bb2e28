// A short code that both sides of one connection can compare: the same only if nobody sits in between. It is made of the
// fingerprints with which each browser proves who encrypts to it.
//
//   await codeOf(pc)   // "4821 0937 5526 1180 7342", or undefined before the two are connected
//
// Twenty digits after 200,000 rounds: to make two connections show one code somebody would have to try more than
// 2^50 times within the call.

const ROUNDS = 200_000;
const DIGITS = 20;

export async function codeOf(pc: RTCPeerConnection): Promise<string | undefined> {
  const [ours, theirs] = [fingerprintIn(pc.localDescription?.sdp), fingerprintIn(pc.remoteDescription?.sdp)];
  return ours && theirs ? codeFrom(ours, theirs) : undefined;
}

export function fingerprintIn(sdp: string | undefined): string | undefined {
  return /^a=fingerprint:(\S+ [0-9A-F:]+)/im.exec(sdp ?? "")?.[1]?.toUpperCase();
}

/** The same whichever of the two comes first. */
export async function codeFrom(one: string, other: string): Promise<string> {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", text.encode([one, other].sort().join(" ")), "PBKDF2", false, ["deriveBits"]);
  const salt = text.encode("throughline: who is on this line");
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, key, 128);
  const number = [...new Uint8Array(bits)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % 10n ** BigInt(DIGITS);
  return (number.toString().padStart(DIGITS, "0").match(/.{4}/g) ?? []).join(" ");
}
