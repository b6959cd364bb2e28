// The words of the socket, as throughline/foundation/live/wire.py has them. Numbers in binary frames are LEB128.

export type Message = Record<string, unknown>;

export type Asked =
  | { do: "hello"; ticket: string }
  | { do: "ping" }
  | { do: "join"; n: number; topic: string; seen: unknown }
  | { do: "leave"; n: number }
  | { do: "send"; n: number; id: string; body: Message }
  | { do: "relay"; n: number; body: Message };

export type Said =
  | { is: "ready"; connection: string }
  | { is: "pong" }
  | { is: "resync" }
  | { is: "wrong"; why: string }
  | { is: "joined"; n: number; id: string }
  | { is: "caught-up"; n: number }
  | { is: "refused"; n: number; reason: string }
  | { is: "closed"; n: number; reason: string }
  | { is: "message"; n: number; body: Message; missed?: true }
  | { is: "taken"; n: number; id: string; body: Message }
  | { is: "not-taken"; n: number; id: string; reason: string };

/** One text frame: a message, or several that waited together. */
export function readText(text: string): Said[] {
  const said: unknown = JSON.parse(text);
  return (Array.isArray(said) ? said : [said]) as Said[];
}

export function joinBytes(n: number, piece: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = [...leb(n), ...leb(piece.length)];
  const frame = new Uint8Array(head.length + piece.length);
  frame.set(head);
  frame.set(piece, head.length);
  return frame;
}

export function readBytes(frame: Uint8Array): { n: number; pieces: Uint8Array[] } {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = frame[at++];
      if (byte === undefined) throw new RangeError("a number is cut off");
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const n = number();
  const pieces: Uint8Array[] = [];
  while (at < frame.length) {
    const length = number();
    pieces.push(frame.subarray(at, at + length));
    at += length;
  }
  return { n, pieces };
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  while (value > 127) {
    bytes.push((value % 128) | 128);
    value = Math.floor(value / 128);
  }
  bytes.push(value);
  return bytes;
}
