"""The clauses that a signer ticks, as words, and who has acknowledged them under what is in force."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from throughline.agreements.domain.acknowledging import clauses_in, clauses_that_change
from throughline.agreements.domain.descriptions import Clause, clauses
from throughline.agreements.domain.terms import Confidentiality
from throughline.agreements.models import Signature, Version
from throughline.agreements.queries.force import terms_of
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
    known = _acknowledged_by(person_id, outcome.in_force)
    return clauses_that_change(outcome.before.terms.confidentiality, outcome.content.terms.confidentiality, known)


def never_acknowledged(in_force: Version, person_id: UUID) -> tuple[Clause, ...]:
    """Clauses in force that one person signed before each was ticked by itself: any change of theirs asks for them."""
    known = _acknowledged_by(person_id, in_force)
    terms = terms_of(in_force)
    return tuple(clause for clause in clauses_in(terms.confidentiality) if clause not in known) if terms else ()


def _acknowledged_by(person_id: UUID, version: Version) -> frozenset[str]:
    signed = Signature.objects.filter(version=version, person_id=person_id)
    return frozenset(signed.values_list("acknowledged", flat=True).first() or [])


__all__ = ["Tick", "clauses_in", "never_acknowledged", "still_to_acknowledge", "ticks_of"]
