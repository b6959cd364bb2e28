"""Weekly times that would suit the people of a relationship, from what they said and what stands in their calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from throughline.accounts.queries import availability_of, people_by_id
from throughline.calendars.queries import busy_times
from throughline.foundation import clock
from throughline.meetings.domain.changing import DAYS
from throughline.meetings.domain.free_time import Pair
from throughline.meetings.domain.rotation import best_rotation
from throughline.meetings.domain.series import occurrences
from throughline.meetings.domain.slots import TERM, Diary, Slot, weekly_slots
from throughline.meetings.domain.soonest import LEAD, FreeSlot, soonest
from throughline.meetings.models import Meeting, Series
from throughline.meetings.queries.busy import protected_times
from throughline.relationships.domain.roles import Role
from throughline.relationships.queries import members_of, relationships_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship
    from throughline.relationships.queries import Member

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
    diaries = _diaries(members, people, relationship_id)
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


@dataclass(frozen=True)
class TurnLine:
    """One meeting of a rotation as the reader sees it. costs: what each is called, and minutes outside their hours."""

    at: datetime
    others: tuple[tuple[str, str, datetime], ...]
    costs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RotationFound:
    """weekday, times, zone: as the schedule would say it. totals: as costs, over all its meetings."""

    weekday: int
    times: tuple[time, ...]
    zone: str
    lines: tuple[TurnLine, ...]
    totals: tuple[tuple[str, int], ...]


def rotation_of(reader: Person, relationship_id: UUID, minutes: int) -> RotationFound | None:
    """The fairest turns, for when no slot suits: eight meetings at the cadence in force, weekly until there is one.
    About six queries for each member."""
    members = members_of(relationship_id)
    people = people_by_id(member.person_id for member in members)
    diaries = _diaries(members, people, relationship_id)
    mentors = [place for place, member in enumerate(members) if member.role is Role.MENTOR]
    first = clock.today_in(reader.zone) + timedelta(days=1)
    running = Series.objects.filter(relationship_id=relationship_id, ended_at=None).first()
    weeks = DAYS[running.schedule.cadence] // 7 if running else 1
    found = best_rotation(diaries, mentors, zone=reader.zone, minutes=minutes, first=first, weeks=weeks)
    if found is None:
        return None
    called = [_("you") if member.person_id == reader.pk else member.called for member in members]
    others = [(m.called, m.zone) for m in members if m.person_id != reader.pk]
    lines = tuple(
        TurnLine(
            turn.at,
            tuple((name, zone, turn.at.astimezone(ZoneInfo(zone))) for name, zone in others),
            tuple(zip(called, turn.loads, strict=True)),
        )
        for turn in found.turns
    )
    totals = [sum(turn.loads[place] for turn in found.turns) for place in range(len(called))]
    return RotationFound(found.weekday, found.times, found.zone, lines, tuple(zip(called, totals, strict=True)))


def _diaries(members: Sequence[Member], people: Mapping[UUID, Person], relationship_id: UUID) -> list[Diary]:
    now = clock.now()
    return [
        Diary(
            member.called,
            availability_of(people[member.person_id]),
            _taken(people[member.person_id], now, besides=relationship_id),
        )
        for member in members
    ]


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
    return free_times_in(relationship.pk, at, minutes=minutes, within=within, besides=besides)


def free_times_in(
    relationship_id: UUID, at: datetime, *, minutes: int = 50, within: Pair | None = None, besides: UUID | None = None
) -> list[FreeSlot]:
    """As three_slots, for whoever holds an id alone."""
    members = members_of(relationship_id)
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
    """What takes one person up, here and in calendars of their own, a day wider on both sides."""
    begin, end = begin - _DAY, end + _DAY
    return (*protected_times([person.pk], begin, end, besides=besides), *busy_times(person, begin, end))


def _taken(person: Person, now: datetime, besides: UUID) -> tuple[Pair, ...]:
    """Their meetings of the term with everybody else, also those that are too far ahead to be planned yet, and what
    their own calendars say."""
    ids = [summary.relationship_id for summary in relationships_of(person)]
    running = Series.objects.filter(relationship_id__in=ids, ended_at=None).exclude(relationship_id=besides)
    return (*_meetings(running, now), *busy_times(person, now, now + TERM))


def _meetings(running: Iterable[Series], now: datetime) -> Iterator[Pair]:
    for series in running:
        length = timedelta(minutes=series.minutes)
        for start in occurrences(series.schedule, now):
            if start > now + TERM:
                break
            yield start, start + length
