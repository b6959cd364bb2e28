// A small toolbar: one stop of the Tab key, arrows within, each button says whether it is on.
//
//   const toolbar = new Toolbar(editor, words);
//   element.append(toolbar.element);

import type { Editor } from "@tiptap/core";
import type { Words } from "./words.ts";

interface Tool {
  name: keyof Words;
  /** A letter or two, or the path of a drawing of 24 by 24. */
  sign: string | { path: string };
  isOn(editor: Editor): boolean;
  press(editor: Editor): void;
}

const TOOLS: Tool[] = [
  { name: "bold", sign: "B", isOn: (e) => e.isActive("bold"), press: (e) => e.chain().focus().toggleBold().run() },
  { name: "italic", sign: "I", isOn: (e) => e.isActive("italic"), press: (e) => e.chain().focus().toggleItalic().run() },
  {
    name: "heading",
    sign: "H",
    isOn: (e) => e.isActive("heading"),
    press: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  { name: "bullets", sign: { path: "M9 6h12M9 12h12M9 18h12M4 6h.01M4 12h.01M4 18h.01" }, isOn: (e) => e.isActive("bulletList"), press: (e) => e.chain().focus().toggleBulletList().run() },
  { name: "numbers", sign: { path: "M10 6h11M10 12h11M10 18h11M3.5 5.5l2-1.5v6M3.6 15.6a1.4 1.4 0 1 1 2.3 1.1L3.5 20H6.5" }, isOn: (e) => e.isActive("orderedList"), press: (e) => e.chain().focus().toggleOrderedList().run() },
];

export class Toolbar {
  readonly element = document.createElement("div");
  private readonly bar = document.createElement("div");
  private readonly form = document.createElement("form");
  private readonly address = document.createElement("input");
  private readonly buttons: HTMLButtonElement[] = [];

  constructor(
    private readonly editor: Editor,
    private readonly words: Words,
  ) {
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", words.tools);
    this.bar.className = "tools";
    for (const tool of TOOLS) this.add(tool);
    this.add({
      name: "link",
      sign: { path: "M9 15l6-6M11 7l2-2a4.2 4.2 0 0 1 6 6l-2 2M13 17l-2 2a4.2 4.2 0 0 1-6-6l2-2" },
      isOn: (e) => e.isActive("link"),
      press: () => this.askAddress(),
    });
    this.bar.addEventListener("keydown", (event) => this.move(event));
    this.buildForm();
    this.element.append(this.bar, this.form);
    editor.on("transaction", () => this.show());
    this.show();
  }

  private readonly shown: (() => void)[] = [];

  private add(tool: Tool): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `tool ${tool.name}`;
    button.append(typeof tool.sign === "string" ? tool.sign : drawing(tool.sign.path));
    button.title = this.words[tool.name];
    button.setAttribute("aria-label", this.words[tool.name]);
    button.tabIndex = this.buttons.length ? -1 : 0;
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => tool.press(this.editor));
    this.shown.push(() => button.setAttribute("aria-pressed", String(tool.isOn(this.editor))));
    this.buttons.push(button);
    this.bar.append(button);
  }

  private show(): void {
    for (const show of this.shown) show();
  }

  private move(event: KeyboardEvent): void {
    const at = this.buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = this.buttons.length - 1;
    const forward = getComputedStyle(this.bar).direction === "rtl" ? -1 : 1;
    const next = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: last }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const target = this.buttons[(next + last + 1) % (last + 1)];
    for (const button of this.buttons) button.tabIndex = button === target ? 0 : -1;
    target?.focus();
  }

  // ── the link's address ──

  private buildForm(): void {
    this.form.hidden = true;
    this.form.className = "link-address";
    this.address.type = "url";
    this.address.placeholder = "https://";
    this.address.setAttribute("aria-label", this.words.address);
    this.form.append(this.address, this.action(this.words.set, "submit"), this.action(this.words.remove, "button"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.setLink(this.address.value);
    });
    this.form.querySelector("button[type=button]")?.addEventListener("click", () => this.setLink(""));
    this.form.addEventListener("keydown", (event) => event.key === "Escape" && this.closeForm());
  }

  private action(label: string, type: "submit" | "button"): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = type;
    button.className = "button quiet";
    button.textContent = label;
    return button;
  }

  private askAddress(): void {
    this.address.value = String(this.editor.getAttributes("link").href ?? "");
    this.form.hidden = false;
    this.address.focus();
  }

  private setLink(address: string): void {
    const chain = this.editor.chain().focus().extendMarkRange("link");
    if (address) chain.setLink({ href: address }).run();
    else chain.unsetLink().run();
    this.form.hidden = true;
  }

  private closeForm(): void {
    this.form.hidden = true;
    this.editor.commands.focus();
  }
}

function drawing(path: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
