"""How a relationship ended, and what was said at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughline.relationships.models import DeletionRequest, Destroyed, Ending, Reflection


@dataclass(frozen=True)
class LookedBack:
    person_id: UUID
    called: str
    words: str
    at: datetime


def ending_of(relationship_id: UUID) -> Ending | None:
    return Ending.objects.filter(relationship_id=relationship_id).select_related("by").first()


def reflections_of(relationship_id: UUID) -> list[LookedBack]:
    """For members; opens seals."""
    rows = Reflection.objects.filter(relationship_id=relationship_id).select_related("person").order_by("at", "pk")
    return [LookedBack(row.person_id, row.person.called, row.words, row.at) for row in rows]


def deletion_asked_by(relationship_id: UUID) -> set[UUID]:
    return set(DeletionRequest.objects.filter(relationship_id=relationship_id).values_list("person_id", flat=True))


def destroyed_ids() -> list[UUID]:
    """Every relationship that was destroyed, the first one first. An id alone: nothing hangs on it any more."""
    return list(Destroyed.objects.order_by("at", "pk").values_list("pk", flat=True))
