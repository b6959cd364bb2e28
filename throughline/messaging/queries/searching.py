"""Finding words in one conversation. Nothing of it is indexed: each text is opened and looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from throughline.foundation.encryption.fields import Sealed
from throughline.foundation.prepared import prepared
from throughline.messaging.domain.limits import MOST_FOUND
from throughline.messaging.domain.searching import Excerpt, excerpt_at, has_all
from throughline.messaging.models import Enclosure, Message

_TEXT = Message._meta.get_field("text")
_NAME = Enclosure._meta.get_field("name")


@dataclass(frozen=True)
class Found:
    """A message that holds what was looked for, in its words or in the name of a file."""

    number: int
    sender_id: UUID
    sent_at: datetime
    excerpt: Excerpt


def found_in(relationship_id: UUID, words: Sequence[str]) -> list[Found]:
    """The newest first, at most MOST_FOUND + 1. words: folded, see domain/searching. Three queries."""
    named = _names_with(relationship_id, words)
    held: dict[UUID, str] = {}
    for key, sealed in _texts_in(relationship_id):
        text = _TEXT.opened(cast(Sealed, sealed), key, scope=relationship_id)
        if key in named or has_all(text, words):
            held[key] = named.get(key, text)
            if len(held) > MOST_FOUND:
                break
    rows = Message.objects.filter(pk__in=list(held)).order_by("-number")
    return [
        Found(number, sender_id, sent_at, excerpt_at(held[key], words))
        for key, number, sender_id, sent_at in rows.values_list("pk", "number", "sender_id", "sent_at")
    ]


def _names_with(relationship_id: UUID, words: Sequence[str]) -> dict[UUID, str]:
    return {key: name for key, name in _names_in(relationship_id) if key and has_all(name, words)}


def _names_in(relationship_id: UUID) -> Iterator[tuple[UUID | None, str]]:
    for file_id, message_id, sealed in _files_in(relationship_id):
        yield message_id, _NAME.opened(cast(Sealed, sealed), file_id, scope=relationship_id)


@prepared
def _texts_in(relationship_id: UUID) -> QuerySet[Message, tuple[UUID, Any]]:
    rows = Message.objects.filter(relationship_id=relationship_id, deleted_at=None).order_by("-number")
    return rows.values_list("pk", "text")


@prepared
def _files_in(relationship_id: UUID) -> QuerySet[Enclosure, tuple[UUID, UUID | None, Any]]:
    rows = Enclosure.objects.filter(relationship_id=relationship_id, message__isnull=False)
    return rows.values_list("pk", "message_id", "name")
