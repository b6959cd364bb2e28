// What one can do in a call besides talking: show a screen, write, raise a hand, give a sign, see who is on the line.
//
//   const desk = new Desk(stageElement, { words, roster, own, … });
//   desk.act("share");  desk.heard(person, { caption: "…" });  desk.draw(present);

import { Captions } from "./captions.ts";
import { Chat } from "./chat.ts";
import type { Act } from "./controls.ts";
import type { Rung } from "./ladder.ts";
import type { OwnMedia } from "./media.ts";
import { part } from "./parts.ts";
import type { Said } from "./peer.ts";
import type { Present } from "./roster.ts";
import type { Sharing } from "./sharing.ts";
import type { Stage } from "./stage.ts";
import type { Words } from "./words.ts";

export interface DeskOptions {
  words: Words;
  me: string;
  relationship: string;
  own: OwnMedia;
  sharing: Sharing;
  stage: Stage;
  called(person: string): string;
  say(said: Said): void;
  changed(): void;
  kept: { chatFrom: number | undefined; keepFrom(from: number): void };
  choose(rung: Rung): void;
}

/** What may rise over a picture; anything else that a browser sends is left out. */
const SIGNS = ["👍", "👏", "❤️", "😂", "🎉"];

export class Desk {
  hand = false;
  private unread = 0;
  private chat: Chat | undefined;
  private readonly captions: Captions;
  private readonly panel: HTMLElement;
  private readonly more: HTMLDialogElement;
  private readonly keys: HTMLDialogElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly options: DeskOptions,
  ) {
    const { words, say } = options;
    this.panel = part(root, "panel", HTMLElement);
    this.more = part(root, "more", HTMLDialogElement);
    this.keys = part(root, "keys", HTMLDialogElement);
    this.captions = new Captions(root, (caption) => say({ caption }), words("you"));
    part(root, "close-panel", HTMLButtonElement).onclick = () => this.show(undefined);
    for (const dialog of [this.more, this.keys]) {
      dialog.onclick = (event) => {
        if (event.target === dialog) dialog.close(); // an answer of false would undo every press inside it
      };
      for (const close of dialog.querySelectorAll<HTMLButtonElement>("[data-close]")) close.onclick = () => dialog.close();
    }
    for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-sign]")) button.onclick = () => this.give(button.dataset.sign ?? "");
    for (const choice of root.querySelectorAll<HTMLInputElement>('input[name="rung"]')) choice.onchange = () => options.choose(choice.value as Rung);
  }

  /** Listening to what is typed begins with the call, so that nothing is missed while the panel is closed. */
  open(): void {
    const { words, me, relationship, called, kept } = this.options;
    this.chat = new Chat(this.panel, {
      relationship,
      me,
      called: (person) => (person === me ? words("you") : called(person)),
      from: kept.chatFrom,
      began: (from) => kept.keepFrom(from),
      came: (name, text) => this.came(name, text),
      failed: words("not-sent"),
      shown: () => this.shown === "chat" && document.visibilityState === "visible",
    });
  }

  get on(): Partial<Record<Act, boolean>> {
    const { own, sharing } = this.options;
    return {
      share: sharing.screen !== undefined,
      hand: this.hand,
      captions: this.captions.writing,
      blur: own.blur,
      chat: this.shown === "chat",
      beside: this.shown === "beside",
    };
  }

  act(act: Act): void {
    const acts: Partial<Record<Act, () => void>> = {
      share: () => void this.options.sharing.toggle(),
      chat: () => this.show(this.shown === "chat" ? undefined : "chat"),
      beside: () => this.show(this.shown === "beside" ? undefined : "beside"),
      more: () => this.more.showModal(),
      keys: () => this.keys.showModal(),
      hand: () => this.raise(),
      captions: () => this.write(),
      blur: () => void this.options.own.setBlur(!this.options.own.blur),
      "small-window": () => void this.shrink(),
    };
    if (act === "captions" || act === "small-window" || act === "chat" || act === "beside" || act === "share") this.more.close();
    acts[act]?.();
    this.options.changed();
  }

  heard(person: string, said: Said): void {
    const name = this.options.called(person);
    if (typeof said.caption === "string") this.captions.show(name, said.caption);
    if (typeof said.sign === "string" && SIGNS.includes(said.sign)) {
      this.options.stage.tiles.sign(person, said.sign);
      this.options.stage.announce(this.options.words("signed", { name, sign: said.sign }));
    }
  }

  /** Below every other rung people write. */
  fallToText(): void {
    this.show("chat");
  }

  draw(present: Present[]): void {
    const codes = part(this.root, "codes", HTMLElement);
    const known = present.filter(({ peer }) => peer.code).map(({ person, peer }) => [this.options.called(person), peer.code ?? ""]);
    const shown = known.flat().join("|");
    if (codes.dataset.shown === shown) return;
    codes.dataset.shown = shown;
    codes.replaceChildren(
      ...known.flatMap(([name = "", code = ""]) => {
        const [term, detail] = [document.createElement("dt"), document.createElement("dd")];
        term.textContent = name;
        detail.textContent = code;
        return [term, detail];
      }),
    );
    part(this.root, "no-code", HTMLElement).hidden = known.length > 0;
  }

  choice(rung: Rung): void {
    for (const choice of this.root.querySelectorAll<HTMLInputElement>('input[name="rung"]')) choice.checked = choice.value === rung;
  }

  private get shown(): string | undefined {
    return this.panel.hidden ? undefined : this.panel.dataset.shown;
  }

  private show(which: string | undefined): void {
    this.panel.hidden = which === undefined;
    this.panel.dataset.shown = which ?? "";
    this.root.classList.toggle("with-panel", which !== undefined);
    for (const each of this.panel.querySelectorAll<HTMLElement>("[data-pane]")) each.hidden = each.dataset.pane !== which;
    if (which === "chat") {
      this.unread = 0;
      this.chat?.look();
      if (matchMedia("(pointer: fine)").matches) this.chat?.focus();
    }
    this.count();
    this.options.changed();
  }

  private came(name: string, text: string): void {
    if (!name) return this.options.stage.tell(text);
    if (this.shown !== "chat") {
      this.unread += 1;
      this.count();
      this.options.stage.tell(this.options.words("wrote", { name, text }));
    } else {
      this.options.stage.announce(this.options.words("wrote", { name, text }));
    }
  }

  private count(): void {
    for (const place of this.root.querySelectorAll<HTMLElement>('[data-part="unread"]')) {
      place.hidden = this.unread === 0;
      place.textContent = String(this.unread);
    }
  }

  private raise(): void {
    this.hand = !this.hand;
    this.options.stage.announce(this.options.words(this.hand ? "hand-up" : "hand-down"));
  }

  private write(): void {
    this.captions.toggle();
  }

  private give(sign: string): void {
    this.more.close();
    this.options.say({ sign });
    this.options.stage.tell(this.options.words("signed", { name: this.options.words("you"), sign }));
  }

  private async shrink(): Promise<void> {
    const video = this.options.stage.tiles.best;
    if (document.pictureInPictureElement) return document.exitPictureInPicture();
    if (!video || !document.pictureInPictureEnabled) return this.options.stage.tell(this.options.words("no-small-window"));
    await video.requestPictureInPicture().catch(() => this.options.stage.tell(this.options.words("no-small-window")));
  }
}
