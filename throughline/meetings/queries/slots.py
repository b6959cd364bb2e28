"""Weekly times that would suit the people of a relationship, from what they said and what stands in their calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.accounts.queries import availability_of, people_by_id
from throughline.foundation import clock
from throughline.meetings.domain.free_time import Pair
from throughline.meetings.domain.series import occurrences
from throughline.meetings.domain.slots import TERM, Diary, Slot, weekly_slots
from throughline.meetings.domain.soonest import LEAD, FreeSlot, soonest
from throughline.meetings.models import Meeting, Series
from throughline.meetings.queries.busy import protected_times
from throughline.relationships.queries import members_of, relationships_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship

SOON = timedelta(days=14)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SlotsFound:
    """mine: the reader's place in `clocks` of each slot. called: the others, in the order of `others`, which are
    their places. assumed: those for whom office hours stand in, since they have not said when they can meet."""

    slots: tuple[Slot, ...]
    mine: int
    others: tuple[tuple[int, str], ...]
    assumed: tuple[str, ...]
    i_said_nothing: bool


def slots_of(reader: Person, relationship_id: UUID, minutes: int) -> SlotsFound:
    """Looked for from tomorrow on, for half a year. Nobody learns what the others' time is taken by.

    About six queries for each member.
    """
    members = members_of(relationship_id)
    people = people_by_id(member.person_id for member in members)
    now = clock.now()
    diaries = [
        Diary(
            member.called,
            availability_of(people[member.person_id]),
            _taken(people[member.person_id], now, besides=relationship_id),
        )
        for member in members
    ]
    places = {member.person_id: place for place, member in enumerate(members)}
    mine = places[reader.pk]
    slots = weekly_slots(diaries, minutes=minutes, first=clock.today_in(reader.zone) + timedelta(days=1))
    others = [place for place in places.values() if place != mine]
    return SlotsFound(
        slots=tuple(slots),
        mine=mine,
        others=tuple((place, diaries[place].called) for place in others),
        assumed=tuple(diaries[place].called for place in others if diaries[place].assumed),
        i_said_nothing=diaries[mine].assumed,
    )


def three_slots(
    relationship: Relationship,
    at: datetime,
    *,
    minutes: int = 50,
    within: Pair | None = None,
    besides: UUID | None = None,
) -> list[FreeSlot]:
    """The soonest times after `at`, at most three, that are free for everybody of the relationship, by time.

    within: no start outside; the next two weeks, if not said. besides: a meeting that is to be moved, so that its own
    time counts as free. About five queries for each member. Nobody learns what the others' time is taken by.
    """
    members = members_of(relationship.pk)
    people = people_by_id(member.person_id for member in members)
    since, until = within or (at, at + SOON)
    since = max(since, at + LEAD)
    if until <= since:
        return []
    busy = {member.person_id: busy_times_of(people[member.person_id], since, until, besides) for member in members}
    diaries = [Diary(m.called, availability_of(people[m.person_id]), busy[m.person_id]) for m in members]
    found = soonest(diaries, minutes=minutes, since=since, until=until, most=4)
    own = Meeting.objects.filter(pk=besides).values_list("start", flat=True).first() if besides else None
    return [slot for slot in found if slot.start != own][:3]


def busy_times_of(person: Person, begin: datetime, end: datetime, besides: UUID | None = None) -> tuple[Pair, ...]:
    """What takes one person up, a day wider on both sides."""
    return tuple(protected_times([person.pk], begin - _DAY, end + _DAY, besides=besides))


def _taken(person: Person, now: datetime, besides: UUID) -> tuple[Pair, ...]:
    """Their meetings of the term with everybody else, also those that are too far ahead to be planned yet."""
    ids = [summary.relationship_id for summary in relationships_of(person)]
    running = Series.objects.filter(relationship_id__in=ids, ended_at=None).exclude(relationship_id=besides)
    return tuple(_meetings(running, now))


def _meetings(running: Iterable[Series], now: datetime) -> Iterator[Pair]:
    for series in running:
        length = timedelta(minutes=series.minutes)
        for start in occurrences(series.schedule, now):
            if start > now + TERM:
                break
            yield start, start + length
