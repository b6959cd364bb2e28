"""The first fortnights that are going on: the facts of each room, and the steps that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.accounts.queries import with_a_profile
from throughline.agreements.queries import beginnings_in
from throughline.foundation import clock
from throughline.home.domain.fortnight import Facts, Line, fortnight_of, may_show, next_of
from throughline.meetings.queries import held_in
from throughline.messaging.queries import last_words_in
from throughline.relationships.domain.invitations import Standing as Answered
from throughline.relationships.domain.states import State
from throughline.relationships.queries import Asked, Member, Summary, unaccepted_invitations_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person

# Kinds of thing that these pages show in a place of their own.
AGREEMENT, MEETING = "agreements.agreement", "meetings.Meeting"


@dataclass(frozen=True)
class Beginning:
    """A pair's first fortnight as one of them sees it. asked: the invitation that nobody has accepted yet."""

    summary: Summary
    facts: Facts
    lines: tuple[Line, ...]
    asked: Asked | None = None

    @property
    def relationship_id(self) -> UUID:
        return self.summary.relationship_id

    @property
    def next(self) -> Line | None:
        return next_of(self.lines)

    def named(self, ids: Iterable[UUID]) -> list[Member]:
        return [member for member in self.summary.others if member.person_id in set(ids)]


def beginnings_of(
    person: Person,
    summaries: Iterable[Summary],
    next_starts: Mapping[UUID, datetime],
    asked: Mapping[UUID, Asked],
) -> list[Beginning]:
    """Those that are new, the reader's turn first. Seven queries at most, none when nothing is new.

    asked: the invitations of the reader's own that nobody has accepted yet, by relationship.
    """
    now = clock.now()
    new = [each for each in summaries if _is_new(each, now)]
    if not new:
        return []
    found = [
        Beginning(summary, facts, fortnight_of(facts, now), asked.get(summary.relationship_id))
        for summary, facts in zip(new, _facts_of(person, new, asked, next_starts), strict=True)
    ]
    return sorted((each for each in found if each.lines), key=lambda each: each.next is None)


def _is_new(summary: Summary, now: datetime) -> bool:
    return summary.state in (State.INVITED, State.ACTIVE) and may_show(summary.begun_at or summary.since, now)


def asked_by(person: Person, summaries: Iterable[Summary]) -> dict[UUID, Asked]:
    """The newest invitation into each relationship that waits for somebody. One query, none where nobody is awaited."""
    if not any(summary.state is State.INVITED for summary in summaries):
        return {}
    return {asked.relationship_id: asked for asked in reversed(unaccepted_invitations_of(person))}


def _facts_of(
    person: Person, new: Sequence[Summary], asked: Mapping[UUID, Asked], next_starts: Mapping[UUID, datetime]
) -> Iterator[Facts]:
    ids = [summary.relationship_id for summary in new]
    agreed, held, words = beginnings_in(ids), held_in(ids), last_words_in(ids)
    prepared = with_a_profile({person.pk, *(member.person_id for summary in new for member in summary.others)})
    for summary in new:
        key = summary.relationship_id
        met = held.get(key)
        yield Facts(
            me=person.pk,
            others=tuple(member.person_id for member in summary.others),
            since=summary.begun_at or summary.since,
            invitation_open=key in asked and asked[key].standing is Answered.OPEN,
            prepared=prepared | agreed[key].prepared | agreed[key].writers | agreed[key].signers,
            signed=agreed[key].signers,
            in_force=agreed[key].in_force,
            held=met.times if met else 0,
            met_until=met.first_until if met else None,
            next_meeting=next_starts.get(key),
            last_words=words.get(key, {}),
        )
