"""Meetings as other rooms point at them: those that have begun, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.foundation import clock
from throughline.meetings.access import thing_of
from throughline.meetings.models import Meeting
from throughline.relationships.things import CHOICES, Choice, Thing

if TYPE_CHECKING:
    from throughline.accounts.models import Person

LOOKED_AT = 200  # of the latest, when words are looked for


def choices(person: Person, relationship_id: UUID, words: str) -> list[Choice]:
    """One query."""
    begun = Meeting.objects.filter(
        relationship_id=relationship_id, start__lte=clock.now(), withdrawal__isnull=True, cancellation__isnull=True
    )
    rows = begun.order_by("-start")[: LOOKED_AT if words else CHOICES]
    found = [Choice(thing_of(row, person), at=row.start) for row in rows]
    return [one for one in found if words.casefold() in one.thing.title.casefold()][:CHOICES]


def find_in(person: Person, relationship_id: UUID, ids: Sequence[UUID]) -> list[Thing]:
    return [thing_of(row, person) for row in Meeting.objects.filter(relationship_id=relationship_id, pk__in=ids)]
