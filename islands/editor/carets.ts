// The others' cursors and selections, coloured by classes: our content policy allows no inline style.

import { Extension } from "@tiptap/core";
import type { Plugin } from "@tiptap/pm/state";
import { yCursorPlugin } from "@tiptap/y-tiptap";
import type { People } from "./people.ts";

interface User {
  name: string;
  ground: number;
}

export const Carets = Extension.create<{ people: People }>({
  name: "carets",
  addProseMirrorPlugins() {
    type Awareness = Parameters<typeof yCursorPlugin>[0];
    const plugin = yCursorPlugin(this.options.people as unknown as Awareness, {
      awarenessStateFilter: () => true,
      cursorBuilder: (user: User) => caret(user),
      selectionBuilder: (user: User) => ({ class: `selected-by ground-${user.ground}` }),
    });
    return [plugin as Plugin];
  },
});

function caret(user: User): HTMLElement {
  const mark = document.createElement("span");
  mark.className = `caret ground-${user.ground}`;
  mark.setAttribute("aria-hidden", "true"); // names are said in the line of who is here
  const name = document.createElement("span");
  name.className = "caret-name";
  name.textContent = user.name;
  mark.append("⁠", name, "⁠");
  return mark;
}
