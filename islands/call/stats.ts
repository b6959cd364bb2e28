// What really flowed, read from getStats: packets of sound and frames of picture, sent and decoded.
//
//   const counts = await countsOf(pc);
//   flowSince(before, counts)   // never negative: a restarted stream begins at nought again

export interface Counts {
  sentVoice: number;
  sentVideo: number;
  gotVoice: number;
  gotVideo: number;
}

export const NOTHING: Counts = { sentVoice: 0, sentVideo: 0, gotVoice: 0, gotVideo: 0 };

interface Row {
  type: string;
  kind?: string;
  packetsSent?: number;
  packetsReceived?: number;
  framesSent?: number;
  framesDecoded?: number;
}

export function countsIn(rows: Iterable<Row>): Counts {
  const counts = { ...NOTHING };
  for (const row of rows) {
    if (row.type === "outbound-rtp" && row.kind === "audio") counts.sentVoice += row.packetsSent ?? 0;
    if (row.type === "outbound-rtp" && row.kind === "video") counts.sentVideo += row.framesSent ?? 0;
    if (row.type === "inbound-rtp" && row.kind === "audio") counts.gotVoice += row.packetsReceived ?? 0;
    if (row.type === "inbound-rtp" && row.kind === "video") counts.gotVideo += row.framesDecoded ?? 0;
  }
  return counts;
}

export async function countsOf(pc: RTCPeerConnection): Promise<Counts> {
  const report = await pc.getStats();
  return countsIn([...report.values()] as Row[]);
}

export function flowSince(before: Counts, now: Counts): Counts {
  const grown = (name: keyof Counts) => (now[name] >= before[name] ? now[name] - before[name] : now[name]);
  return { sentVoice: grown("sentVoice"), sentVideo: grown("sentVideo"), gotVoice: grown("gotVoice"), gotVideo: grown("gotVideo") };
}

export function sum(one: Counts, other: Counts): Counts {
  return {
    sentVoice: one.sentVoice + other.sentVoice,
    sentVideo: one.sentVideo + other.sentVideo,
    gotVoice: one.gotVoice + other.gotVoice,
    gotVideo: one.gotVideo + other.gotVideo,
  };
}
