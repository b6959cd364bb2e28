// <line-test>: the page that tests a connection as a call would use it, and writes a report without content.
//
//   <line-test me="…" relays="[RTCIceServer…]" sample="/a-file" words="{}"> … </line-test>

import { part } from "../call/parts.ts";
import { wordsOf } from "../call/words.ts";
import { connect } from "../live/socket.ts";
import { browser, devices } from "./here.ts";
import { download, socket } from "./server.ts";
import { candidates, loop, type Loop } from "./ways.ts";

class LineTest extends HTMLElement {
  connectedCallback(): void {
    part(this, "start", HTMLButtonElement).onclick = () => void this.run();
    part(this, "copy", HTMLButtonElement).onclick = ({ currentTarget }) => void this.copy(currentTarget as HTMLElement);
  }

  private async run(): Promise<void> {
    const start = part(this, "start", HTMLButtonElement);
    start.disabled = true;
    this.say("running");
    try {
      await this.test();
    } finally {
      start.disabled = false;
    }
  }

  private async test(): Promise<void> {
    const words = wordsOf(this);
    const relays = JSON.parse(this.getAttribute("relays") ?? "[]") as RTCIceServer[];
    const [found, trips] = [await devices(), await socket(connect(), `trial:${this.getAttribute("me") ?? ""}`)];
    const ways = await candidates(relays);
    const urls = relays.flatMap(({ urls: each }) => each).filter((url) => url.startsWith("turn"));
    const loops: [string, Loop | undefined][] = [];
    for (const url of urls) loops.push([url.replace(/:\/\/|:[^?]*\?/, " "), await loop(relays, url)]);
    const rate = await download(this.getAttribute("sample") ?? "");
    const best = loops.map(([, each]) => each).find((each) => each !== undefined);
    const none = words("unmeasured");
    const lines = [
      ["Browser", browser()],
      ["Camera, microphone, loudspeaker", found.text],
      ["Live connection", trips.length ? `${median(trips)} ms median of ${trips.length}, ${Math.max(...trips)} ms worst` : "not reached"],
      ["Ways found (host, reflexive, relay)", ways.join(", ") || words("none")],
      ["Relays set up here", urls.length ? "yes" : "no: calls go directly between browsers"],
      ...loops.map(([name, each]) => [`Through the relay, ${name}`, each ? `${each.kbps} kbit/s, round trip ${each.rtt} ms, lost ${each.lost} %` : "no way"]),
      ["From the server", rate ? `${rate} kbit/s` : none],
      ["Made at", new Date().toISOString()],
    ];
    this.report(lines.map(([name, value]) => `${name}: ${value}`).join("\n"));
    this.say(verdict(trips.length > 0, found.microphone, best?.kbps ?? rate));
  }

  private report(text: string): void {
    part(this, "report", HTMLElement).textContent = text;
    part(this, "download", HTMLAnchorElement).href = `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
    part(this, "result", HTMLElement).hidden = false;
  }

  private async copy(button: HTMLElement): Promise<void> {
    await navigator.clipboard.writeText(part(this, "report", HTMLElement).textContent ?? "");
    button.append(` · ${wordsOf(this)("copied")}`);
  }

  private say(word: string): void {
    const place = part(this, "verdict", HTMLElement);
    place.hidden = false;
    place.textContent = wordsOf(this)(word);
  }
}

const median = (values: number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

function verdict(socketThere: boolean, microphone: boolean, kbps: number | undefined): string {
  if (!socketThere) return "no-socket";
  if (kbps !== undefined && kbps < 25) return "text";
  if (kbps !== undefined && kbps < 150) return "voice";
  if (!microphone) return "no-devices";
  return kbps !== undefined && kbps < 600 ? "small" : "good";
}

customElements.define("line-test", LineTest);
