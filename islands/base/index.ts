// On every page: htmx, and the small named behaviours.
import "htmx.org";
import "./zone.ts";
import { listenForDialogs } from "./dialogs.ts";
import { somethingIsLeft } from "./left.ts";
import { narrow } from "./narrow.ts";
import { listenForTheLine } from "./offline.ts";

listenForDialogs();
listenForTheLine();
document.querySelectorAll<HTMLInputElement>("[data-narrow]").forEach(narrow);

// Written offline in a conversation whose tab was closed since: brought there from whatever page comes next.
if (!document.querySelector("conversation-pane") && somethingIsLeft()) {
  void import("../conversation/leftover.ts").then(({ bring }) => bring());
}
