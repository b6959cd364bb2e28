"""The topic of a conversation: catching up, sending, changing what was sent, having seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.accounts.queries import people_by_id
from throughline.foundation.live.topics import Message as Frame
from throughline.foundation.live.topics import Seat, Topic
from throughline.messaging.access import conversation_for, message_in
from throughline.messaging.actions import (
    CannotSendError,
    delete_message,
    edit_message,
    mark_seen,
    react,
    send_message,
)
from throughline.messaging.domain.limits import CATCH_UP
from throughline.messaging.queries import Line, changed_after, lines_of, messages_after, seen_by
from throughline.relationships.access import is_member

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.messaging.models import Message
    from throughline.relationships.models import Relationship


class ConversationTopic(Topic):
    """`seen` is {"number", "change"} of the last message and the last change that the page shows (or the first alone).

    Sends {"text", "client_id", "please_answer", "answers", "files"}, {"edit": id, "text"}, {"delete": id},
    {"react": id, "sign"}, {"words": id}, {"seen": number}, {"after": number, "change"}; each is answered after commit.
    """

    kind = "conversation"

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        return is_member(person_id, subject_id)

    def joined(self, seat: Seat, seen: Any) -> list[Frame | bytes]:
        place = seen if isinstance(seen, dict) else {"number": seen}
        return [*_missing(seat.subject_id, place.get("number"), place.get("change")), *_markers(seat.subject_id)]

    def received(self, seat: Seat, message: Frame) -> Frame:
        if "after" in message:
            return {"missing": _missing(seat.subject_id, message["after"], message.get("change"))}
        relationship, person = _here(seat)
        if "seen" in message:
            mark_seen(relationship=relationship, by=person, number=_number(message["seen"]))
            return {}
        with translation.override(person.language):
            return _done_or_refused(relationship, person, message)


def _done_or_refused(relationship: Relationship, person: Person, message: Frame) -> Frame:
    try:
        for verb, do in _VERBS.items():
            if verb in message:
                return do(person, message_in(person, relationship, _id(message[verb])), message)
        return _send(relationship, person, message)
    except CannotSendError as error:
        return {"refused": str(error)}
    except Http404:
        return {"refused": _("This message is not there any more.")}
    except ValueError:
        return {"refused": _("This message came without a proper id of its own, and was not taken.")}


def _send(relationship: Relationship, person: Person, message: Frame) -> Frame:
    sent = send_message(
        relationship=relationship,
        by=person,
        client_id=_id(message.get("client_id")),
        text=str(message.get("text", "")),
        please_answer=message.get("please_answer") is True,
        answers=_id(message["answers"]) if message.get("answers") else None,
        files=_ids(message.get("files")),
    )
    [line] = lines_of([sent])
    return {"message": line.as_json()}


def _edit(person: Person, message: Message, said: Frame) -> Frame:
    return _changed(edit_message(message=message, by=person, text=str(said.get("text", ""))))


def _delete(person: Person, message: Message, _said: Frame) -> Frame:
    return _changed(delete_message(message=message, by=person))


def _react(person: Person, message: Message, said: Frame) -> Frame:
    return _changed(react(message=message, by=person, sign=str(said.get("sign", ""))))


def _words(_person: Person, message: Message, _said: Frame) -> Frame:
    """As they were typed, to be edited."""
    return {"text": message.text}


_VERBS: dict[str, Callable[[Person, Message, Frame], Frame]] = {
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "words": _words,
}


def _changed(line: Line) -> Frame:
    return {"message": line.as_json() | {"type": "changed"}}


def _here(seat: Seat) -> tuple[Relationship, Person]:
    person = people_by_id([seat.person_id])[seat.person_id]
    return conversation_for(person, seat.subject_id), person


def _missing(relationship_id: UUID, number: Any, change: Any) -> list[Frame]:
    lines = messages_after(relationship_id, _number(number))
    changes = changed_after(relationship_id, _number(change)) if change is not None else []
    frames: list[Frame] = [line.as_json() for line in lines]
    frames += [line.as_json() | {"type": "changed"} for line in changes]
    if CATCH_UP in (len(lines), len(changes)):
        frames.append({"type": "more"})
    return frames


def _markers(relationship_id: UUID) -> list[Frame]:
    return [{"type": "seen", "person": str(who), "number": number} for who, number in seen_by(relationship_id).items()]


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62 else 0


def _id(value: Any) -> UUID:
    """Raises ValueError."""
    return UUID(str(value))


def _ids(value: Any) -> list[UUID]:
    """Raises ValueError."""
    return [_id(each) for each in value] if isinstance(value, list) else []
