// On every page: htmx, and the small named behaviours.
import "htmx.org";
import "./zone.ts";
import { listenForDialogs } from "./dialogs.ts";
import { narrow } from "./narrow.ts";

listenForDialogs();
document.querySelectorAll<HTMLInputElement>("[data-narrow]").forEach(narrow);
