"""A person's day over all their relationships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.calls.queries import RunningCall, running_calls_in
from throughline.foundation import clock
from throughline.goals.queries import GoalLine, own_goals_of
from throughline.home.domain.week import by_day, by_relationship
from throughline.home.queries.beginnings import AGREEMENT, MEETING, Beginning, asked_by, beginnings_of
from throughline.meetings.queries import Upcoming, next_starts_in, upcoming_in
from throughline.messaging.queries import unread_of
from throughline.programs.queries import programmes_of
from throughline.relationships.domain.states import State
from throughline.relationships.queries import Asked, Member, Summary, relationships_of
from throughline.relationships.things import OpenItem, open_items_in

if TYPE_CHECKING:
    from throughline.accounts.models import Person

WEEK = timedelta(days=7)
MOST_A_WEEK = 100
_ORDER = (State.ACTIVE, State.INVITED, State.PAUSED, State.ENDED)


@dataclass(frozen=True)
class Today:
    """A person's day. Nothing stands on it twice: what a running call, a meeting or a first fortnight shows already
    is no item of `needs`.

    week: the meetings of the next seven days, by the reader's own days. needs: by relationship, what is due first.
    next_starts: when each relationship meets next. people: what goes on, the next to meet first. ended: the rest.
    asked: the invitations that nobody has accepted yet, by relationship.
    coordinates: how many programmes; only asked of somebody without relationships. goals: the reader's own.
    """

    calls: list[RunningCall]
    week: list[tuple[date, list[Upcoming]]]
    needs: dict[UUID, list[OpenItem]]
    beginnings: list[Beginning]
    asked: dict[UUID, Asked]
    people: dict[UUID, Summary]
    ended: list[Summary]
    next_starts: dict[UUID, datetime]
    unread: dict[UUID, int]
    coordinates: int = 0
    goals: list[GoalLine] = field(default_factory=list)

    def others_in(self, relationship_id: UUID) -> tuple[Member, ...]:
        return self.people[relationship_id].others

    @property
    def also_new(self) -> list[Beginning]:
        """First fortnights beside the one that stands in full, but for an invitation that only waits."""
        return [each for each in self.beginnings[1:] if each.next or each.summary.others]

    @property
    def whose(self) -> dict[UUID, str]:
        """With whom each relationship is, in short: only where it is in doubt."""
        if len(self.people) < 2:
            return {}
        return {key: ", ".join(one.called for one in summary.others) for key, summary in self.people.items()}

    @property
    def soonest(self) -> tuple[UUID, datetime] | None:
        """The next meeting of all, for a week without any."""
        starts = sorted((start, key) for key, start in self.next_starts.items())
        return (starts[0][1], starts[0][0]) if starts else None


def today_of(person: Person) -> Today:
    """A fixed number of queries, however many relationships there are."""
    summaries = relationships_of(person)
    going = [summary for summary in summaries if summary.state is not State.ENDED]
    ids = [summary.relationship_id for summary in going]
    starts = next_starts_in(ids) if ids else {}
    asked = asked_by(person, going)
    beginnings = beginnings_of(person, going, starts, asked)
    people = {summary.relationship_id: summary for summary in _in_order(going, starts)}
    return Today(
        calls=running_calls_in(ids) if ids else [],
        week=by_day(_meetings_of_the_week(people), person.zone),
        needs=by_relationship(_needs(person, ids, beginnings)),
        beginnings=beginnings,
        asked=asked,
        people=people,
        ended=[summary for summary in summaries if summary.state is State.ENDED],
        next_starts=starts,
        unread=unread_of(person, ids) if ids else {},
        coordinates=0 if summaries else len(programmes_of(person)),
        goals=own_goals_of(person, ids),
    )


def _meetings_of_the_week(people: Mapping[UUID, Summary]) -> list[Upcoming]:
    """Those that fall into a pause are left out: they will not take place."""
    pauses = {key: summary.pauses for key, summary in people.items()}
    found = upcoming_in(people, MOST_A_WEEK, until=clock.now() + WEEK, pauses=pauses)
    return [meeting for meeting in found if not meeting.in_pause]


def _needs(person: Person, ids: list[UUID], beginnings: Iterable[Beginning]) -> list[OpenItem]:
    """A meeting's open door stands with the meeting; an agreement to write or sign stands in the first fortnight."""
    new = {beginning.relationship_id for beginning in beginnings}
    return [
        item
        for item in open_items_in(person, ids, besides={MEETING})
        if not (item.thing.kind == AGREEMENT and item.relationship_id in new)
    ]


def _in_order(summaries: Iterable[Summary], starts: Mapping[UUID, datetime]) -> list[Summary]:
    def key(summary: Summary) -> tuple[int, bool, datetime, str]:
        start = starts.get(summary.relationship_id)
        names = ", ".join(member.called for member in summary.others)
        return (_ORDER.index(summary.state), start is None, start or summary.since, names)

    return sorted(summaries, key=key)
