"""The topic "document": relay at once, store in the background, never decode on the path of a keystroke.

From the client, in bytes: its own count (4 bytes, big endian) and a Yjs update. To the client, in bytes: an update.
Messages: {"saved": count} once stored; {"vector": base64} of what the server holds, on joining, so that the client
sends what is missing here; {"here": […]} and {"gone": id} of people; the client relays {"cursor": …} or {}.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from throughline.coediting.access import may_edit
from throughline.coediting.domain.merging import EMPTY, document_of, lacking
from throughline.coediting.queries import all_updates, last_seqs, names_in
from throughline.coediting.reconcile import reconciler
from throughline.coediting.waiting import Waiting
from throughline.coediting.writer import writer
from throughline.foundation.environment import ENV
from throughline.foundation.live.presence import Presence
from throughline.foundation.live.topics import Message, Refused, Seat, Topic, dismiss, publish

_COUNT = 4
presence = Presence()


class DocumentTopic(Topic):
    kind = "document"

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        return may_edit(person_id, subject_id)

    def joined(self, seat: Seat, seen: Any) -> list[Message | bytes]:
        """What the client lacks by its state vector; what the server lacks is for the client to send."""
        vector = _vector(seen)
        if ENV.redis_url:
            reconciler.watch(seat, last_seqs([seat.subject_id]).get(seat.subject_id, 0))
            reconciler.begin()
        presence.know(names_in(seat.subject_id))
        doc = document_of(all_updates(seat.subject_id))
        update = lacking(doc, vector)
        people = {"here": presence.roster(seat.topic, seat.connection)}
        said: Message = {"vector": base64.b64encode(doc.get_state()).decode(), **people}
        return [said] if update == EMPTY else [update, said]

    def received_bytes(self, seat: Seat, frame: bytes, seats: list[Seat]) -> list[tuple[Seat, bytes]]:
        number, update = int.from_bytes(frame[:_COUNT]), frame[_COUNT:]
        if not update:
            dismiss(seat, "not-an-update")
            return []
        if not writer.put(Waiting(seat, number, update)):
            dismiss(seat, "busy")
            return []
        return [(other, update) for other in seats if other.connection != seat.connection]

    def relayed_bytes(self, seat: Seat, frame: bytes, seats: list[Seat]) -> list[tuple[Seat, bytes]]:
        return [(other, frame[_COUNT:]) for other in seats]

    def relayed(self, seat: Seat, message: Message, seats: list[Seat]) -> list[tuple[Seat, Message]]:
        said = presence.say(seat, message.get("cursor"))
        return [(other, said) for other in seats if other.connection != seat.connection] if said else []

    def left(self, seat: Seat) -> None:
        reconciler.unwatch(seat)
        presence.gone(seat)
        publish(seat.topic, {"gone": seat.connection})

    def closing(self) -> None:
        reconciler.end()
        writer.end()


def _vector(seen: Any) -> bytes:
    """The client's state vector. Raises Refused when it is none."""
    if seen is None:
        return b""
    try:
        return base64.b64decode(seen, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise Refused("not-a-vector") from None
