// One part's form, typed by several people: each field goes to the server as it is typed, and others' arrive in place.
//
//   const part = new LivePart(form, { address, window, shelf, typing: true, onState: (state) => … });
//   part.ask();   // something may have changed elsewhere

import type { Kept, Shelf } from "./shelf.ts";
import { steady } from "./steady.ts";
import { same, TypedFields, type Typed } from "./typed.ts";

export type PartState = "saved" | "unfinished" | "saving" | "offline" | "closed";

interface Standing {
  stamp: number;
  finished: boolean;
  fields: Record<string, { value: Typed; stamp: number; by: string }>;
  notes: string;
}

interface Options {
  address: string;
  window: string;
  shelf: Shelf;
  /** Whether fields are sent as they are typed, or only with the form's own button. */
  typing: boolean;
  onState(state: PartState): void;
}

const PAUSE = 700;
const AGAIN = [1_000, 2_000, 5_000, 10_000, 20_000];

export class LivePart {
  readonly fields: TypedFields;
  /** What this page and the server last agreed on. */
  private readonly base = new Map<string, Kept>();
  private readonly dirty = new Map<string, Kept>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  private askAgain = false;
  private failures = 0;
  private over = false;
  private stamp = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly options: Options,
  ) {
    this.fields = new TypedFields(form);
    const stamp = (this.stamp = Number(this.hidden("stamp").value) || 0);
    for (const name of this.fields.names()) this.base.set(name, { value: this.fields.read(name), since: stamp });
    this.hidden("window").value = options.window;
    // A form that came back with something to mend holds what was typed, not what stands.
    if (form.hasAttribute("data-bound")) for (const [name, base] of this.base) this.dirty.set(name, { ...base });
    this.takeOffered();
    for (const [name, kept] of options.shelf.read()) {
      if (!this.fields.controls(name).length || same(kept.value, this.fields.read(name))) continue;
      this.fields.write(name, kept.value);
      this.dirty.set(name, kept);
    }
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("change", (event) => (this.typed(event.target), this.soon(0)));
    form.addEventListener("focusout", () => this.soon(this.dirty.size ? 0 : PAUSE));
    addEventListener("online", () => this.soon(0));
    addEventListener("pagehide", () => this.keep());
    this.keep();
    this.soon(0);
  }

  /** What the address brought along counts as typed here, once: a reload shows what stands. */
  private takeOffered(): void {
    const offered = this.form.dataset.offered;
    if (offered === undefined) return;
    for (const name of offered.split(" ")) {
      const base = this.base.get(name);
      if (base) this.dirty.set(name, { ...base });
    }
    history.replaceState(history.state, "", location.pathname);
  }

  /** Read what stands; send what waits. */
  ask(): void {
    this.askAgain = true;
    this.soon(0);
  }

  private typed(target: EventTarget | null): void {
    const name = (target as HTMLInputElement | null)?.name ?? "";
    const base = this.base.get(name);
    if (!base) return;
    const value = this.fields.read(name);
    const since = this.dirty.get(name)?.since ?? base.since;
    if (same(value, base.value) && !this.dirty.has(name)) return;
    this.dirty.set(name, { value, since });
    this.keep();
    if (this.options.typing) this.options.onState("saving");
    this.soon(PAUSE);
  }

  private keep(): void {
    this.options.shelf.keep(this.dirty);
    // An older stamp is always safe: what equals what stands is never a change.
    const oldest = Math.min(...[...this.dirty.values()].map((one) => one.since), this.stamp);
    this.hidden("stamp").value = String(oldest);
  }

  private hidden(name: string): HTMLInputElement {
    let input = this.form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      this.form.append(input);
    }
    return input;
  }

  private soon(wait: number): void {
    if (this.over) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.exchange(), wait);
  }

  private async exchange(): Promise<void> {
    if (this.busy || this.over) return;
    this.busy = true;
    this.askAgain = false;
    const sent = new Map(this.options.typing ? this.dirty : []);
    try {
      const answer = await fetch(this.options.address, sent.size ? this.message(sent) : { redirect: "manual" });
      if (answer.status === 409 || answer.status === 404 || answer.type === "opaqueredirect" || answer.status === 403) return this.close();
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      await this.agree(sent, (await answer.json()) as Standing);
      this.failures = 0;
    } catch {
      this.options.onState("offline");
      this.soon(AGAIN[Math.min(this.failures++, AGAIN.length - 1)] ?? PAUSE);
    } finally {
      this.busy = false;
    }
    if (!this.failures && this.askAgain) this.soon(0);
  }

  private message(sent: Map<string, Kept>): RequestInit {
    const token = this.form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    return {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ window: this.options.window, fields: Object.fromEntries(sent) }),
    };
  }

  private close(): void {
    this.over = true;
    this.options.onState("closed");
  }

  /** What the server says stands; what was typed here since is not touched. */
  private async agree(sent: Map<string, Kept>, standing: Standing): Promise<void> {
    const lacking = Object.keys(standing.fields).filter((name) => /_\d+$/.test(name) && !this.fields.controls(name).length);
    if (lacking.some((name) => standing.fields[name]?.value.length)) await this.addRows();
    this.stamp = standing.stamp;
    for (const [name, kept] of sent) {
      const now = this.dirty.get(name);
      if (now && same(now.value, kept.value)) this.dirty.delete(name);
      else if (now) now.since = standing.stamp;
    }
    steady(() => {
      for (const [name, field] of Object.entries(standing.fields)) this.take(name, field.value, standing.stamp);
      this.showNotes(standing.notes);
    });
    for (const [name, base] of this.base) if (!this.dirty.has(name) && !this.isHeld(name)) base.since = standing.stamp;
    this.keep();
    if (this.dirty.size && this.options.typing) this.soon(PAUSE);
    this.options.onState(this.dirty.size ? "saving" : standing.finished ? "saved" : "unfinished");
  }

  private take(name: string, value: Typed, stamp: number): void {
    if (this.dirty.has(name) || !this.fields.controls(name).length) return;
    const differs = !same(this.fields.read(name), value);
    if (differs && this.isHeld(name)) return; // not under somebody's cursor: when they leave the field
    if (differs) {
      this.fields.write(name, value);
      this.glow(name);
    }
    this.base.set(name, { value, since: stamp });
  }

  private isHeld(name: string): boolean {
    return this.fields.controls(name).some((control) => control === document.activeElement && control.matches("input:not([type=checkbox],[type=radio]), textarea"));
  }

  private glow(name: string): void {
    const frame = this.fields.frame(name);
    frame?.classList.remove("fresh");
    void frame?.offsetWidth; // begins again
    frame?.classList.add("fresh");
  }

  private showNotes(html: string): void {
    const shown = document.querySelector("[data-notes]");
    const page = new DOMParser().parseFromString(html, "text/html");
    const come = page.querySelector("[data-notes]");
    if (!shown || !come) return;
    const ids = (root: ParentNode): string => [...root.querySelectorAll(".note")].map((note) => note.getAttribute("action")).join();
    if (ids(document) === ids(come)) return;
    document.querySelectorAll(".note").forEach((note) => note.remove());
    shown.replaceChildren(...come.childNodes);
    this.placeNotes();
  }

  /** Each beside its field. */
  placeNotes(): void {
    document.querySelectorAll<HTMLElement>("[data-notes] .note").forEach((note) => {
      this.fields.frame(note.dataset.field ?? "")?.after(note);
    });
  }

  /** Others have filled rows that this page has no room for: take the room from the page as it is now. */
  private async addRows(): Promise<void> {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const rows = page.querySelectorAll<HTMLElement>(".part-form .pair-of-fields, .part-form details > .row");
    steady(() => {
      for (const row of rows) {
        const names = [...row.querySelectorAll<HTMLInputElement>("[name]")].map((one) => one.name);
        if (!names.length || names.some((name) => this.fields.controls(name).length)) continue;
        const there = [...this.form.querySelectorAll(row.matches(".row") ? "details > .row" : ".pair-of-fields")].at(-1);
        there?.after(document.importNode(row, true));
        for (const name of names) this.base.set(name, { value: "", since: 0 });
      }
    });
  }
}
