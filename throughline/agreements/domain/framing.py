"""How an agreement came about: who wrote how much of it, and when it came into force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Framing:
    """edits: parts saved, fields typed, words written together, by person. in_force: (number, since), in order.

    confirmed: when all last looked at it and left it as it is. review_on: the next date for that.
    signed: who signed what is in force, and which clauses of confidentiality they acknowledged one by one (None: each
    was not asked for then).
    """

    edits: tuple[tuple[UUID, int], ...] = ()
    in_force: tuple[tuple[int, datetime], ...] = ()
    confirmed: datetime | None = None
    review_on: date | None = None
    signed: tuple[tuple[UUID, Sequence[str] | None], ...] = ()

    def acknowledged_by(self, person_ids: Iterable[UUID]) -> bool:
        """Whether each of them has acknowledged what stays between them. Signing the whole was how, before that."""
        return set(person_ids) <= {person_id for person_id, clauses in self.signed if clauses is None or clauses}

    def edits_of(self, person_ids: Sequence[UUID]) -> list[int]:
        counts = dict(self.edits)
        return [counts.get(person_id, 0) for person_id in person_ids]
