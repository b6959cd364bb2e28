"""Messages as other rooms point at them: the newest, or those that say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.messaging.domain.changing import excerpt_of
from throughline.messaging.kinds import thing_of
from throughline.messaging.models import Message
from throughline.relationships.things import CHOICES, Choice, Thing

if TYPE_CHECKING:
    from throughline.accounts.models import Person

SCANNED = 2000  # of the newest, when words are looked for: each is opened to be read


def choices(person: Person, relationship_id: UUID, words: str) -> Iterator[Choice]:
    """The newest first. One query."""
    rows = Message.objects.filter(relationship_id=relationship_id, deleted_at__isnull=True).select_related("sender")
    wanted = words.casefold()
    found = 0
    for row in rows.order_by("-number")[: SCANNED if wanted else CHOICES].iterator():
        if wanted and wanted not in row.text.casefold() and wanted not in row.sender.called.casefold():
            continue
        yield Choice(_thing(row), excerpt_of(row.text), row.sent_at)
        found += 1
        if found == CHOICES:
            return


def find_in(person: Person, relationship_id: UUID, ids: Sequence[UUID]) -> list[Thing]:
    rows = Message.objects.filter(relationship_id=relationship_id, pk__in=ids).select_related("sender")
    return [_thing(row) for row in rows]


def _thing(row: Message) -> Thing:
    return thing_of(row.pk, row.relationship_id, row.number, row.sender.called)
