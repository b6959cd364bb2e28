// The ways by which another browser could be reached, and what goes through each relay: two connections of this page's
// own, one to the other.

const GATHERING = 6_000;
const CONNECTING = 6_000;
const SENDING = 2_000;
const PIECE = new Uint8Array(1_000);
/** Bytes that may wait in the browser: more would measure its memory. */
const WAITING = 64_000;

export interface Loop {
  kbps: number;
  rtt: number;
  /** Per cent of unordered pieces that never came. */
  lost: number;
}

/** Each kind of way with its protocol, once: "host udp", "srflx udp", "relay udp". No addresses. */
export async function candidates(servers: RTCIceServer[]): Promise<string[]> {
  const pc = new RTCPeerConnection({ iceServers: servers });
  const found = new Set<string>();
  try {
    pc.createDataChannel("ways");
    const done = new Promise<void>((finish) => {
      pc.onicecandidate = ({ candidate }) => {
        if (!candidate) return finish();
        const { relayProtocol } = candidate as RTCIceCandidate & { relayProtocol?: string };
        found.add([candidate.type, relayProtocol ?? candidate.protocol].join(" "));
      };
      setTimeout(finish, GATHERING);
    });
    await pc.setLocalDescription();
    await done;
  } finally {
    pc.close();
  }
  return [...found].sort();
}

/** Through this one relay address alone; undefined when nothing comes through. */
export async function loop(servers: RTCIceServer[], url: string): Promise<Loop | undefined> {
  const relay = servers.find(({ urls }) => [urls].flat().includes(url));
  const setup: RTCConfiguration = { iceServers: [{ ...relay, urls: url }], iceTransportPolicy: "relay" };
  const [one, other] = [new RTCPeerConnection(setup), new RTCPeerConnection(setup)];
  try {
    return await measured(one, other);
  } catch {
    return undefined;
  } finally {
    one.close();
    other.close();
  }
}

async function measured(one: RTCPeerConnection, other: RTCPeerConnection): Promise<Loop> {
  one.onicecandidate = ({ candidate }) => candidate && void other.addIceCandidate(candidate).catch(() => undefined);
  other.onicecandidate = ({ candidate }) => candidate && void one.addIceCandidate(candidate).catch(() => undefined);
  const channel = one.createDataChannel("pieces", { ordered: false, maxRetransmits: 0 });
  let came = 0;
  other.ondatachannel = ({ channel: theirs }) => (theirs.onmessage = () => (came += 1));
  await one.setLocalDescription();
  await other.setRemoteDescription(one.localDescription as RTCSessionDescription);
  await other.setLocalDescription();
  await one.setRemoteDescription(other.localDescription as RTCSessionDescription);
  await new Promise<void>((open, failed) => {
    channel.onopen = () => open();
    setTimeout(() => failed(new Error("no way")), CONNECTING);
  });
  const [sent, seconds] = await send(channel);
  await new Promise((done) => setTimeout(done, 500));
  const pairs = ([...(await one.getStats()).values()] as { type: string; nominated?: boolean; currentRoundTripTime?: number }[])
    .filter((row) => row.type === "candidate-pair" && row.nominated);
  const kbps = Math.round((came * PIECE.length * 8) / 1_000 / seconds);
  const rtt = Math.round((pairs[0]?.currentRoundTripTime ?? 0) * 1_000);
  return { kbps, rtt, lost: Math.round((100 * Math.max(0, sent - came)) / Math.max(1, sent)) };
}

async function send(channel: RTCDataChannel): Promise<[number, number]> {
  const began = performance.now();
  let sent = 0;
  while (performance.now() - began < SENDING && channel.readyState === "open") {
    while (channel.bufferedAmount < WAITING) {
      channel.send(PIECE);
      sent += 1;
    }
    await new Promise((done) => setTimeout(done, 10));
  }
  return [sent, (performance.now() - began) / 1_000];
}
