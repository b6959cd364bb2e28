"""The topic of a conversation: catching up, sending, having seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from throughline.accounts.queries import people_by_id
from throughline.foundation.live.topics import Message as Frame
from throughline.foundation.live.topics import Seat, Topic
from throughline.messaging.access import conversation_for
from throughline.messaging.actions import CannotSendError, mark_seen, send_message
from throughline.messaging.domain.limits import CATCH_UP
from throughline.messaging.queries import line_of, messages_after, seen_by
from throughline.relationships.access import is_member

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


class ConversationTopic(Topic):
    """`seen` is the number of the last message that the page shows. Sends {"text", "client_id", "please_answer"},
    {"seen": number} or {"after": number}; each is answered after commit."""

    kind = "conversation"

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        return is_member(person_id, subject_id)

    def joined(self, seat: Seat, seen: Any) -> list[Frame | bytes]:
        return [*_missing(seat.subject_id, seen), *_markers(seat.subject_id)]

    def received(self, seat: Seat, message: Frame) -> Frame:
        if "after" in message:
            return {"missing": _missing(seat.subject_id, message["after"])}
        relationship, person = _here(seat)
        if "seen" in message:
            mark_seen(relationship=relationship, by=person, number=_number(message["seen"]))
            return {}
        return _send(relationship, person, message)


def _send(relationship: Relationship, person: Person, message: Frame) -> Frame:
    with translation.override(person.language):
        return _taken_or_refused(relationship, person, message)


def _taken_or_refused(relationship: Relationship, person: Person, message: Frame) -> Frame:
    try:
        sent = send_message(
            relationship=relationship,
            by=person,
            client_id=UUID(str(message.get("client_id"))),
            text=str(message.get("text", "")),
            please_answer=message.get("please_answer") is True,
        )
    except CannotSendError as error:
        return {"refused": str(error)}
    except ValueError:
        return {"refused": _("This message came without a proper id of its own, and was not taken.")}
    return {"message": line_of(sent).as_json()}


def _here(seat: Seat) -> tuple[Relationship, Person]:
    person = people_by_id([seat.person_id])[seat.person_id]
    return conversation_for(person, seat.subject_id), person


def _missing(relationship_id: UUID, seen: Any) -> list[Frame]:
    lines = messages_after(relationship_id, _number(seen))
    frames: list[Frame] = [line.as_json() for line in lines]
    if len(lines) == CATCH_UP:
        frames.append({"type": "more"})
    return frames


def _markers(relationship_id: UUID) -> list[Frame]:
    return [{"type": "seen", "person": str(who), "number": number} for who, number in seen_by(relationship_id).items()]


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62 else 0
