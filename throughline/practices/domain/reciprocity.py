"""Reciprocal contact: a live session, or a message and the other side's answer within seven days, dated at the answer.

What was sent automatically never counts: it makes no turn. What people entered by themselves is shown apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from throughline.ledger.domain.bursts import Turn
from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Kind
from throughline.practices.domain.record import Side
from throughline.relationships.domain.states import Span

ANSWERED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Reciprocal:
    """at: the start of a live session, or the answer. asker_id: who had written; None of a session.

    meeting: a held one, which a check-in is not.
    """

    at: datetime
    asker_id: UUID | None = None
    meeting: bool = False

    def of(self, asker_id: UUID) -> bool:
        """Whether it counts in the direction from this person: a session does in both."""
        return self.asker_id in (None, asker_id)


def answers_of(turns: Sequence[Turn]) -> list[Reciprocal]:
    """Each turn that began within seven days of the last message of the turn before it."""
    return [
        Reciprocal(answer.first, question.by_id)
        for question, answer in pairwise(turns)
        if answer.by_id != question.by_id and answer.first - question.last <= ANSWERED_WITHIN
    ]


def reciprocal_of(contacts: Iterable[Contact], turns: Sequence[Turn]) -> list[Reciprocal]:
    """By time, in both directions."""
    sessions = [
        Reciprocal(contact.started_at, meeting=contact.kind is Kind.MEETING)
        for contact in contacts
        if contact.session and not contact.automatic and not contact.self_reported
    ]
    return sorted(sessions + answers_of(turns), key=lambda found: found.at)


def longest_silence(instants: Sequence[datetime], since: datetime, now: datetime, pauses: Sequence[Span]) -> timedelta:
    """The longest time without any of these instants that ends after `since`; what lay in a pause is taken off.

    instants: by time; the last one before `since` begins the first silence, and `since` itself where there is none.
    """
    before = [at for at in instants if at < since][-1:] or [since]
    points = [*before, *(at for at in instants if since <= at <= now), now]
    return max(_unpaused(Span(one, other), pauses) for one, other in pairwise(points))


def _unpaused(span: Span, pauses: Sequence[Span]) -> timedelta:
    off = [min(span.end, pause.end) - max(span.start, pause.start) for pause in pauses if pause.overlaps(span)]
    return span.end - span.start - sum(off, timedelta(0))


def whose_turn(one: Side, other: Side, turns: Sequence[Turn], contacts: Sequence[Contact]) -> UUID:
    """Who could write next: whoever was written to last; where they have talked since, or never wrote, whoever has
    begun less of their contact; and the mentor, whom the guide asks first, where that is equal."""
    talked = max((contact.started_at for contact in contacts if contact.session), default=None)
    if turns and (talked is None or turns[-1].last > talked):
        return other.person_id if turns[-1].by_id == one.person_id else one.person_id
    begun = {side.person_id: sum(c.initiator_id == side.person_id for c in contacts) for side in (one, other)}
    mentor, mentee = (one, other) if one.mentors else (other, one)
    return mentee.person_id if begun[mentee.person_id] < begun[mentor.person_id] else mentor.person_id
