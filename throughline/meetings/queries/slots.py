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
from throughline.meetings.models import Series
from throughline.relationships.queries import members_of, relationships_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person


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
