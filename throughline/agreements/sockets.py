"""The topic "agreement", by its relationship's id: who is at which part and field, and hints that a part has changed.

The client relays {"at": {"part": …, "field": …}} or {}; it is told {"here": [{id, person, name, cursor}]} (`cursor` is
where somebody is), {"gone": id}, and {"part": …, "stamp": …} when fields were written, never what was written.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from throughline.agreements.domain.preparing import WORDS
from throughline.agreements.domain.terms import PartKind
from throughline.foundation.live.presence import Presence
from throughline.foundation.live.topics import Message, Seat, Topic, publish
from throughline.relationships.access import is_member, is_open
from throughline.relationships.queries import members_of

PLACES = {*(kind.value for kind in PartKind), WORDS, "overview", "sign"}
FIELD = re.compile(r"[a-z][a-z_0-9]{0,47}")
presence = Presence()


class AgreementTopic(Topic):
    kind = "agreement"

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        return is_member(person_id, subject_id) and is_open(subject_id)

    def joined(self, seat: Seat, seen: Any) -> list[Message | bytes]:
        presence.know({member.person_id: member.called for member in members_of(seat.subject_id)})
        return [{"here": presence.roster(seat.topic, seat.connection)}]

    def relayed(self, seat: Seat, message: Message, seats: list[Seat]) -> list[tuple[Seat, Message]]:
        said = presence.say(seat, place_of(message.get("at")))
        return [(other, said) for other in seats if other.connection != seat.connection] if said else []

    def left(self, seat: Seat) -> None:
        presence.gone(seat)
        publish(seat.topic, {"gone": seat.connection})


def place_of(said: Any) -> dict[str, str]:
    """Where somebody says they are, as far as there is such a place: others are shown it."""
    if not isinstance(said, dict) or said.get("part") not in PLACES:
        return {}
    field = said.get("field")
    known = isinstance(field, str) and FIELD.fullmatch(field)
    return {"part": said["part"], **({"field": field} if known else {})}
