// On every page: htmx, and the small named behaviours. Kept under 60 KB together.
import "htmx.org";
import "./zone.ts";
