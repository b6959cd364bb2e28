// Once a second: how the lines are, which rung they carry, and whether something is dead that looks alive.
//
//   const monitor = new Monitor({ peers, ceiling: "video", changed, check, online });
//   monitor.start();  monitor.ladder.rung  monitor.choose("voice")

import { begin, choose, step, type Ladder, type Measure, type Rung } from "./ladder.ts";
import { Line, type Look } from "./line.ts";
import type { Present } from "./roster.ts";

export interface MonitorOptions {
  peers(): Present[];
  /** The best rung that this person's needs allow. */
  ceiling: Rung;
  /** By itself, or because the person chose. */
  changed(byHand: boolean): void;
  /** Ask whether the socket lives; dead after so many milliseconds. */
  check(patience: number): void;
  online(): boolean;
}

/** Seconds without a packet, with sound or picture expected and without, after which a way is dead. */
const SILENT = 2;
const QUIET = 8;
/** A connection that has just begun is still being measured. */
const SETTLING = 8;
const QUIETING = 4;
const FIRST_PATIENCE = 2_500;

export class Monitor {
  ladder: Ladder;
  readonly looks = new Map<RTCPeerConnection, Look>();
  private readonly lines = new Map<RTCPeerConnection, { line: Line; silent: number; age: number }>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private looking = false;
  private patience = FIRST_PATIENCE;

  constructor(private readonly options: MonitorOptions) {
    this.ladder = begin(options.ceiling);
  }

  start(): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.look(), 1_000);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** "video" is the best: as good as the line and this person's needs allow. */
  choose(rung: Rung): void {
    this.ladder = choose(this.ladder, rung);
    this.options.changed(true);
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    await this.round().finally(() => (this.looking = false));
  }

  private async round(): Promise<void> {
    if (this.options.online()) this.patience = FIRST_PATIENCE;
    else this.ask();
    const present = this.options.peers();
    for (const pc of this.lines.keys()) if (!present.some(({ peer }) => peer.pc === pc)) this.forget(pc);
    const measures: Measure[] = [];
    for (const one of present) {
      const measure = await this.lookAt(one);
      if (measure) measures.push(measure);
    }
    if (measures.length) this.climb(worst(measures));
  }

  private async lookAt(one: Present): Promise<Measure | undefined> {
    const { pc, way } = one.peer;
    const kept = this.lines.get(pc) ?? { line: new Line(), silent: 0, age: 0 };
    this.lines.set(pc, kept);
    const look = await kept.line.look(pc);
    this.looks.set(pc, look);
    if (way !== "connected") {
      kept.age = 0;
      return undefined;
    }
    kept.age += 1;
    kept.silent = look.came > 0 || this.ladder.rung === "text" || one.rung === "text" ? 0 : kept.silent + 1;
    if (kept.silent >= (one.camera || one.microphone ? SILENT : QUIET)) {
      one.peer.restart();
      this.ask();
    }
    if (kept.silent) kept.age = 0; // that is no bad line: it is none, and what was lost meanwhile says nothing of the next
    if (kept.age < QUIETING) return undefined;
    return kept.age > SETTLING ? look : { ...look, kbps: undefined };
  }

  private climb(measure: Measure): void {
    const before = this.ladder.rung;
    this.ladder = step(this.ladder, measure);
    if (this.ladder.rung !== before) this.options.changed(false);
  }

  private ask(): void {
    this.options.check(this.patience);
    if (!this.options.online()) this.patience = Math.min(9_000, this.patience * 1.2);
  }

  private forget(pc: RTCPeerConnection): void {
    this.lines.delete(pc);
    this.looks.delete(pc);
  }
}

function worst(measures: Measure[]): Measure {
  const rates = measures.map(({ kbps }) => kbps).filter((kbps) => kbps !== undefined);
  return {
    kbps: rates.length ? Math.min(...rates) : undefined,
    loss: Math.max(...measures.map(({ loss }) => loss)),
    rtt: Math.max(...measures.map(({ rtt }) => rtt)),
  };
}
