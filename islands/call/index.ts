// <call-room>: a call's page, from the preview to Leave. The server writes the markup (calls/call.html); this joins
// the topic, connects the browsers and keeps the controls true.
//
//   <call-room call="…" me="…" relationship="…" people='{"id": "name"}' camera="full|small|never" [by-voice]
//     ice-servers="[]" [hidden-address] ticket="…" ticket-address="/…" model="/…" [until="…"] after="/…" words="{}">

import { CallRoom } from "./room.ts";

customElements.define("call-room", CallRoom);
