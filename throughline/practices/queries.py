"""The guide's practices for one relationship, from the ledger, the meetings and the signed agreement."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from throughline.agreements.queries import terms_in_force
from throughline.ledger.queries import contacts_of
from throughline.meetings.queries import future_count_of, outcomes_of
from throughline.practices.domain.measure import Measure
from throughline.practices.domain.record import Record, window_start
from throughline.practices.kinds import Practice, practices
from throughline.relationships.queries import pauses_of

# Far enough back for the last eight due meetings of a monthly series with a long pause.
_FAR = timedelta(days=730)


def measures_of(relationship_id: UUID, at: datetime) -> list[Measure]:
    """Every practice, in the guide's order. A fixed number of queries, however much happened."""
    record = record_of(relationship_id, at)
    return [measured(practice, record) for practice in practices()]


def measures_in(record: Record, ids: Collection[str]) -> list[Measure]:
    """Some of the practices, in the guide's order, from what was read already. No query."""
    return [measured(practice, record) for practice in practices() if practice.id in ids]


def record_of(relationship_id: UUID, at: datetime) -> Record:
    """What measures may look at, as of this instant."""
    outcomes = outcomes_of(relationship_id, at - _FAR, at)
    return Record(
        now=at,
        contacts=tuple(contacts_of(relationship_id, window_start(outcomes, at), at)),
        outcomes=tuple(outcomes),
        ahead=future_count_of(relationship_id, at),
        terms=terms_in_force(relationship_id),
        pauses=tuple(pauses_of(relationship_id)),
    )


def measured(practice: Practice, record: Record) -> Measure:
    reading = practice.measure(record)
    return Measure(
        id=practice.id,
        title=str(practice.title),
        sentence=str(practice.sentence),
        value=reading.figure.value,
        words=reading.figure.words,
        status=reading.figure.status,
        target=reading.figure.target,
        note=reading.figure.note,
        parts=reading.parts,
        behind=reading.behind,
        since=reading.since,
        exempt=reading.exempt,
    )
