// How one connection's line is, from getStats: rate, loss, round trip, and whether anything comes in at all.
//
//   const line = new Line(); const now = await line.look(pc);   // about once a second

import type { Measure } from "./ladder.ts";

export interface Look extends Measure {
  /** Packets that came since the look before, and kbit/s each way. */
  came: number;
  kbpsIn: number;
  kbpsOut: number;
  /** How the two are connected: "host", "srflx", "prflx" or "relay", and over what. */
  way: string;
}

interface Row {
  id: string;
  type: string;
  selectedCandidatePairId?: string;
  nominated?: boolean;
  state?: string;
  availableOutgoingBitrate?: number;
  currentRoundTripTime?: number;
  localCandidateId?: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  fractionLost?: number;
  timestamp?: number;
  packetsLost?: number;
  packetsReceived?: number;
  bytesReceived?: number;
  bytesSent?: number;
}

interface Sums {
  at: number;
  came: number;
  lost: number;
  bytesIn: number;
  bytesOut: number;
}

export class Line {
  private before: Sums | undefined;
  private told = { stamp: 0, at: 0 };

  async look(pc: RTCPeerConnection): Promise<Look> {
    const report = await pc.getStats();
    return this.read([...report.values()] as Row[], performance.now());
  }

  /** at: milliseconds of a clock that only goes on. */
  read(rows: Row[], at: number): Look {
    const of = (type: string) => rows.filter((row) => row.type === type);
    const byId = (id: string | undefined) => rows.find((row) => row.id === id);
    const pair = byId(of("transport")[0]?.selectedCandidatePairId) ?? of("candidate-pair").find((row) => row.nominated);
    const local = byId(pair?.localCandidateId);
    const sums: Sums = {
      at,
      came: total(of("inbound-rtp"), "packetsReceived"),
      lost: total(of("inbound-rtp"), "packetsLost"),
      bytesIn: pair?.bytesReceived ?? 0,
      bytesOut: pair?.bytesSent ?? 0,
    };
    const before = this.before ?? sums;
    this.before = sums;
    const grown = (name: keyof Sums) => Math.max(0, sums[name] - before[name]);
    const seconds = Math.max(0.001, grown("at") / 1_000);
    const lostIn = grown("lost") / Math.max(1, grown("lost") + grown("came"));
    const lostOut = this.isFresh(of("remote-inbound-rtp"), at)
      ? Math.max(0, ...of("remote-inbound-rtp").map((row) => row.fractionLost ?? 0))
      : 0;
    const kbpsOut = (grown("bytesOut") * 8) / 1_000 / seconds;
    const bits = pair?.availableOutgoingBitrate;
    return {
      // The estimate says something only while we send nearly that much: a voice alone never tries the line out.
      kbps: bits === undefined || kbpsOut < 0.6 * (bits / 1_000) ? undefined : bits / 1_000,
      loss: Math.max(lostOut, grown("came") + grown("lost") >= 10 ? lostIn : 0),
      rtt: (pair?.currentRoundTripTime ?? 0) * 1_000,
      came: grown("came"),
      kbpsIn: (grown("bytesIn") * 8) / 1_000 / seconds,
      kbpsOut,
      way: local ? [local.candidateType, local.relayProtocol ?? local.protocol].join(" ") : "",
    };
  }

  /** What the other side said of our losses counts for a while: with nothing sent, nobody says that it is better now. */
  private isFresh(rows: Row[], at: number): boolean {
    const stamp = Math.max(0, ...rows.map((row) => row.timestamp ?? 0));
    if (stamp !== this.told.stamp) this.told = { stamp, at };
    return at - this.told.at < STALE;
  }
}

const STALE = 6_000;

const total = (rows: Row[], name: "packetsReceived" | "packetsLost") => rows.reduce((sum, row) => sum + Math.max(0, row[name] ?? 0), 0);
