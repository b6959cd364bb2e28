"""How an agreement came about: who wrote how much of it, and when it came into force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Framing:
    """edits: parts saved, fields typed, words written together, by person. in_force: (number, since), in order.

    confirmed: when all last looked at it and left it as it is. review_on: the next date for that.
    """

    edits: tuple[tuple[UUID, int], ...] = ()
    in_force: tuple[tuple[int, datetime], ...] = ()
    confirmed: datetime | None = None
    review_on: date | None = None

    def edits_of(self, person_ids: Sequence[UUID]) -> list[int]:
        counts = dict(self.edits)
        return [counts.get(person_id, 0) for person_id in person_ids]
