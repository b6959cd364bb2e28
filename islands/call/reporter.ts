// Tells the server every five seconds what flowed, and at once when something begins or stops, so that a camera
// switched off counts to the second. Looks once a second.
//
//   const reporter = new Reporter({ peers: () => …, muted: () => …, send: (report) => … });
//   reporter.start(); … await reporter.flush(); reporter.stop();

import { reportOf, shapeOf, type Report } from "./reports.ts";
import { NOTHING, countsOf, flowSince, sum, type Counts } from "./stats.ts";

export interface Watched {
  person: string;
  pc: RTCPeerConnection;
}

export interface ReporterOptions {
  peers(): Watched[];
  muted(): boolean;
  send(report: Report): void;
}

const LOOK = 1_000;
const EVERY = 5_000;
/** A change is told at once, but not more often than this; and what follows a change is told as soon. */
const SOONEST = 2_000;

export class Reporter {
  private before = new Map<RTCPeerConnection, Counts>();
  private flowing = new Map<string, Counts>();
  private shape = "";
  private told = 0;
  private due = EVERY;
  private looking = false;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: ReporterOptions) {}

  start(): void {
    this.stop();
    this.told = performance.now();
    this.flowing.clear();
    this.shape = "";
    this.timer = setInterval(() => void this.look(), LOOK);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Tell what has flowed since the last report, now. */
  flush(): void {
    if (this.timer !== undefined) this.tell();
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    const second = await this.second().finally(() => (this.looking = false));
    const shape = shapeOf(second);
    const since = performance.now() - this.told;
    // The old state is told before the new one begins.
    const changed = this.shape !== "" && shape !== this.shape;
    if (changed && since >= SOONEST) this.tell();
    for (const [person, flow] of second) this.flowing.set(person, sum(this.flowing.get(person) ?? NOTHING, flow));
    this.shape = shape;
    if (changed) this.due = SOONEST;
    else if (performance.now() - this.told >= this.due) {
      this.tell();
      this.due = EVERY;
    }
  }

  private async second(): Promise<Map<string, Counts>> {
    const second = new Map<string, Counts>();
    const seen = new Map<RTCPeerConnection, Counts>();
    for (const { person, pc } of this.options.peers()) {
      const counts = await countsOf(pc);
      seen.set(pc, counts);
      const flow = flowSince(this.before.get(pc) ?? NOTHING, counts);
      if (this.options.muted()) flow.sentVoice = 0; // silence is sent as packets too: who is muted says nothing
      second.set(person, sum(second.get(person) ?? NOTHING, flow));
    }
    this.before = seen;
    return second;
  }

  private tell(): void {
    this.options.send(reportOf(this.flowing));
    this.flowing = new Map();
    this.told = performance.now();
  }
}
