// <page-editor document="<uuid>" label="…" data-words="{…}">text from the server, for reading without JavaScript</page-editor>
//
// Several people write in it at once. The server's text stays until the document is open.

import { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { StarterKit } from "@tiptap/starter-kit";
import { Carets } from "./carets.ts";
import { People } from "./people.ts";
import { SharedDocument, type State } from "./shared.ts";
import { Toolbar } from "./toolbar.ts";
import { wordsOf, type Words } from "./words.ts";

class PageEditor extends HTMLElement {
  private words!: Words;
  private shared: SharedDocument | undefined;
  private people: People | undefined;
  private editor: Editor | undefined;
  private readonly state = document.createElement("p");
  private readonly here = document.createElement("p");
  private readonly foot = document.createElement("div");

  connectedCallback(): void {
    this.words = wordsOf(this);
    this.state.className = "editor-state";
    this.here.className = "editor-people";
    this.here.setAttribute("role", "status");
    this.foot.className = "editor-foot";
    this.foot.append(this.state, this.here);
    this.append(this.foot);
    const shared = new SharedDocument(this.getAttribute("document") ?? "", {
      onOpen: () => this.open(shared),
      onState: (state) => this.show(state),
      onMessage: (message) => this.people?.hear(message),
    });
    this.people = new People(
      shared.doc,
      (message) => shared.seat?.relay(message),
      (names) => this.showNames(names),
    );
    this.shared = shared;
    void shared.start();
  }

  disconnectedCallback(): void {
    this.people?.stop();
    this.editor?.destroy();
    this.shared?.stop();
  }

  private open(shared: SharedDocument): void {
    const people = this.people;
    if (!people) return;
    const paper = document.createElement("div");
    this.editor = new Editor({
      element: paper,
      injectCSS: false,
      extensions: [
        StarterKit.configure({
          undoRedo: false,
          heading: { levels: [2, 3] },
          link: { openOnClick: false, defaultProtocol: "https", protocols: ["http", "https", "mailto"] },
        }),
        Collaboration.configure({ document: shared.doc }),
        Carets.configure({ people }),
      ],
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": this.getAttribute("label") ?? "",
          class: "prose",
        },
      },
    });
    const toolbar = new Toolbar(this.editor, this.words);
    this.replaceChildren(toolbar.element, paper, this.foot);
    this.dataset.open = "";
  }

  private show(state: State): void {
    this.dataset.state = state;
    this.state.textContent = this.words[state];
    // Said aloud only when something is the matter: not at every word that is saved.
    if (state === "saved" || state === "saving" || state === "opening") this.state.removeAttribute("role");
    else this.state.setAttribute("role", "status");
    if (state === "refused" || state === "failed") this.editor?.setEditable(false);
    if (state === "offline") this.people?.lost();
    if (state === "saved" || state === "saving") this.greet();
  }

  private greeted = "";

  /** Once for each joining: we are here. */
  private greet(): void {
    const id = this.shared?.seat?.id ?? "";
    if (!id || id === this.greeted) return;
    this.greeted = id;
    this.people?.say();
  }

  private showNames(names: string[]): void {
    const text = names.length ? `${this.words.here} ${names.map((name) => name || this.words.somebody).join(", ")}` : "";
    if (this.here.textContent !== text) this.here.textContent = text;
  }
}

customElements.define("page-editor", PageEditor);
