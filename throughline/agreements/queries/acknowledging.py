"""The clauses that a signer ticks, as words, and who has acknowledged them under what is in force."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from throughline.agreements.domain.acknowledging import clauses_in, clauses_that_change
from throughline.agreements.domain.descriptions import Clause, clauses
from throughline.agreements.domain.terms import Confidentiality
from throughline.agreements.models import Signature
from throughline.agreements.queries.proposals import Outcome
from throughline.agreements.queries.wording import say


@dataclass(frozen=True)
class Tick:
    clause: Clause
    sentence: str


def ticks_of(part: Confidentiality, wanted: Collection[Clause] | None = None) -> tuple[Tick, ...]:
    """All clauses of the part, or those that are wanted."""
    return tuple(Tick(clause, say(words)) for clause, words in clauses(part) if wanted is None or clause in wanted)


def still_to_acknowledge(outcome: Outcome, person_id: UUID) -> tuple[Clause, ...]:
    """What a proposed change asks of one person: the clauses that it changes, or that they never acknowledged."""
    signed = Signature.objects.filter(version=outcome.in_force, person_id=person_id)
    known = signed.values_list("acknowledged", flat=True).first() or []
    return clauses_that_change(
        outcome.before.terms.confidentiality, outcome.content.terms.confidentiality, frozenset(known)
    )


__all__ = ["Tick", "clauses_in", "still_to_acknowledge", "ticks_of"]
