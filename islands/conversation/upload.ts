// One file on its way to the server, in pieces, so that a weak line loses no more than a quarter of a megabyte.
//
//   const upload = new Upload({ address, token, blob, name, told: {} }, () => show(upload));
//   await upload.run();   // ends there or refused; while there is no line it waits and goes on where it was

/** A file as the server shows it. */
export interface Kept {
  id: string;
  name: string;
  shape: "picture" | "sound" | "file";
  type: string;
  size: number;
  width: number;
  height: number;
  seconds: number;
  bars: number[];
}

export interface Given {
  address: string;
  /** Against forged requests: of the page's form. */
  token: string;
  blob: Blob;
  name: string;
  /** What a recorder says of a voice note. */
  told: { seconds?: number; bars?: number[] };
}

const PIECE = 256 * 1024; // bytes
const PATIENCE = 90_000; // milliseconds for one piece
const LONGEST_PAUSE = 30_000;

export class Upload {
  readonly clientId = crypto.randomUUID();
  state: "coming" | "waiting" | "there" | "refused" = "coming";
  kept: Kept | undefined;
  reason = "";
  private received = 0;
  private ended = false;

  constructor(
    readonly given: Given,
    private readonly changed: () => void,
  ) {}

  get percent(): number {
    return Math.round((100 * this.received) / Math.max(1, this.given.blob.size));
  }

  async run(): Promise<void> {
    for (let failures = 0; !this.ended && (this.state === "coming" || this.state === "waiting"); ) {
      try {
        await this.piece();
        failures = 0;
      } catch {
        this.become("waiting");
        await lineOr(Math.min(LONGEST_PAUSE, 1000 * 2 ** failures++));
      }
    }
  }

  again(): void {
    this.received = 0;
    this.become("coming");
    void this.run();
  }

  end(): void {
    this.ended = true;
  }

  /** Throws when the line or the server is away; then it is tried again. */
  private async piece(): Promise<void> {
    const { address, token, blob, name, told } = this.given;
    const body = new FormData();
    body.set("client_id", this.clientId);
    body.set("name", name);
    body.set("size", String(blob.size));
    body.set("offset", String(this.received));
    body.set("told", JSON.stringify(told));
    body.set("piece", blob.slice(this.received, this.received + PIECE), "piece");
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body, signal });
    if (answer.status >= 500 || answer.status === 429) throw new TypeError(`no answer: ${answer.status}`);
    const said = (await answer.json().catch(() => ({}))) as { received?: number; file?: Kept; refused?: string };
    if (said.received === undefined) return this.refuse(said.refused ?? "");
    this.received = said.received;
    this.kept = said.file;
    this.become(said.file ? "there" : "coming");
  }

  private refuse(reason: string): void {
    this.reason = reason;
    this.become("refused");
  }

  private become(state: Upload["state"]): void {
    this.state = state;
    if (!this.ended) this.changed();
  }
}

function lineOr(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const on = () => {
      clearTimeout(timer);
      removeEventListener("online", on);
      resolve();
    };
    const timer = setTimeout(on, milliseconds);
    addEventListener("online", on);
  });
}
