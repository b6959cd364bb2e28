"""Messages as their readers see them, with what others left at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from throughline.messaging.domain.changing import excerpt_of, signs_of
from throughline.messaging.domain.limits import CATCH_UP, PAGE
from throughline.messaging.domain.promises import Promised
from throughline.messaging.domain.rendering import html_of
from throughline.messaging.models import (
    Conversation,
    Enclosure,
    Message,
    Reaction,
    SeenMarker,
    SendingKey,
    SendsBy,
    Via,
    Wording,
)
from throughline.messaging.queries.promises import promised_at

Signs = tuple[tuple[str, tuple[UUID, ...]], ...]


@dataclass(frozen=True)
class Quoted:
    """What a message replies to: its first words, none when it was deleted."""

    id: UUID
    number: int
    sender_id: UUID
    words: str

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "sender": str(self.sender_id), "words": self.words}


@dataclass(frozen=True)
class FileShown:
    """A file as a page shows it. width and height: of its small picture. bars: loudness over a voice note, 0 to 100."""

    id: UUID
    name: str
    shape: str
    type: str
    size: int
    width: int = 0
    height: int = 0
    seconds: int = 0
    bars: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"id": str(self.id)}


@dataclass(frozen=True)
class Line:
    """A message as its readers see it: `html` is clean, and empty once its sender deleted it."""

    number: int
    id: UUID
    client_id: UUID
    sender_id: UUID
    html: str
    please_answer: bool
    sent_at: datetime
    answer_by: datetime | None = None
    via: str = Via.PAGE
    change: int = 0
    edited: bool = False
    deleted_at: datetime | None = None
    quoted: Quoted | None = None
    signs: Signs = ()
    files: tuple[FileShown, ...] = ()
    excerpt: str = ""
    promised: tuple[Promised, ...] = ()

    @property
    def deleted(self) -> bool:
        return self.deleted_at is not None

    def as_json(self) -> dict[str, Any]:
        """What a socket sends. excerpt: as others quote it."""
        return {
            "type": "message",
            "number": self.number,
            "id": str(self.id),
            "client_id": str(self.client_id),
            "sender": str(self.sender_id),
            "html": self.html,
            "please_answer": self.please_answer,
            "sent_at": self.sent_at.isoformat(),
            "answer_by": self.answer_by.isoformat() if self.answer_by else None,
            "via": self.via,
            "change": self.change,
            "edited": self.edited,
            "deleted": self.deleted,
            "quoted": self.quoted.as_json() if self.quoted else None,
            "signs": [[sign, [str(person) for person in people]] for sign, people in self.signs],
            "files": [file.as_json() for file in self.files],
            "excerpt": self.excerpt,
            "promised": [[str(one.person_id), one.day.isoformat()] for one in self.promised if one.open],
        }


def line_of(
    message: Message,
    signs: Signs = (),
    files: tuple[FileShown, ...] = (),
    promised: tuple[Promised, ...] = (),
) -> Line:
    """signs: who left which at it; a message that was sent just now has none. promised: who answers it by when."""
    text = message.text
    return Line(
        number=message.number,
        id=message.pk,
        client_id=message.client_id,
        sender_id=message.sender_id,
        html=html_of(text),
        please_answer=message.please_answer and not message.deleted_at,
        sent_at=message.sent_at,
        answer_by=message.answer_by,
        via=message.via,
        change=message.change,
        edited=bool(message.edited_at) and not message.deleted_at,
        deleted_at=message.deleted_at,
        quoted=_as_quoted(message.answers) if message.answers else None,
        signs=signs,
        files=files,
        excerpt=excerpt_of(text),
        promised=promised,
    )


def lines_of(messages: Sequence[Message]) -> list[Line]:
    """Two queries, however many; a third where some ask for an answer. The messages' `answers` are read with them (see
    `_rows`)."""
    ids = [message.pk for message in messages]
    left: dict[UUID, list[tuple[UUID, str]]] = {}
    for each in Reaction.objects.filter(message__in=ids).order_by("at", "pk"):
        left.setdefault(each.message_id, []).append((each.person_id, each.sign))
    enclosed: dict[UUID | None, list[Enclosure]] = {}
    for file in Enclosure.objects.filter(message__in=ids).order_by("place"):
        enclosed.setdefault(file.message_id, []).append(file)
    promised = promised_at([message.pk for message in messages if message.please_answer and not message.deleted_at])
    return [
        line_of(
            message,
            signs_of(left.get(message.pk, ())),
            shown(enclosed.get(message.pk, ())),
            promised.get(message.pk, ()),
        )
        for message in messages
    ]


def shown(files: Iterable[Enclosure]) -> tuple[FileShown, ...]:
    return tuple(FileShown(each.pk, each.name, size=each.size, **_about(each)) for each in files)


def _about(file: Enclosure) -> dict[str, Any]:
    about: dict[str, Any] = file.about
    return about | {"bars": tuple(about.get("bars", ()))}


def messages_before(relationship_id: UUID, before: int | None = None) -> list[Line]:
    """The newest page of messages, or the page before a number; oldest first."""
    rows = _rows(relationship_id)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return lines_of([*reversed(rows.order_by("-number")[:PAGE])])


def messages_after(relationship_id: UUID, after: int) -> list[Line]:
    """What came after a number, oldest first; at most CATCH_UP of it."""
    return lines_of([*_rows(relationship_id).filter(number__gt=after).order_by("number")[:CATCH_UP]])


def changed_after(relationship_id: UUID, change: int) -> list[Line]:
    """Messages that were edited, deleted or given a sign after a number of changes, in the order of their last change;
    at most CATCH_UP of them."""
    return lines_of([*_rows(relationship_id).filter(change__gt=change).order_by("change")[:CATCH_UP]])


def place_of(relationship_id: UUID) -> tuple[int, int]:
    """The numbers of the newest message and of the last change; 0 before the first."""
    rows = Conversation.objects.filter(pk=relationship_id).values_list("last_number", "last_change")
    return rows.first() or (0, 0)


def earlier_words_of(message: Message) -> Iterable[Wording]:
    """How it read before each edit, oldest first."""
    return Wording.objects.filter(message=message).order_by("written_at", "pk")


def quoted_in(relationship_id: UUID, message_id: object) -> Quoted | None:
    """A message of this conversation as it would be quoted. None for what is no id of one, or was deleted."""
    try:
        key = UUID(str(message_id))
    except ValueError:
        return None
    found = Message.objects.filter(pk=key, relationship_id=relationship_id, deleted_at=None).first()
    return _as_quoted(found) if found else None


def seen_by(relationship_id: UUID) -> dict[UUID, int]:
    """How far each person has read; whoever never looked is left out."""
    return dict(SeenMarker.objects.filter(relationship_id=relationship_id).values_list("person_id", "number"))


def sending_key_of(person_id: UUID) -> str:
    """A value of SendsBy."""
    return SendingKey.objects.filter(pk=person_id).values_list("key", flat=True).first() or SendsBy.ENTER


def _rows(relationship_id: UUID) -> QuerySet[Message]:
    return Message.objects.filter(relationship_id=relationship_id).select_related("answers")


def _as_quoted(original: Message) -> Quoted:
    return Quoted(original.pk, original.number, original.sender_id, excerpt_of(original.text))
