// <call-room>: a call's page, from the preview to Leave. The server writes the markup (calls/call.html); this joins
// the topic, connects the browsers and keeps the controls true.
//
//   <call-room call="…" me="…" people='{"id": "name"}' camera="full|small|never" [by-voice] ice-servers="[]" after="/…" words="{}">

import { CallRoom } from "./room.ts";

customElements.define("call-room", CallRoom);
