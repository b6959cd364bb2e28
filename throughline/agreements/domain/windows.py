"""A schedule beside the hours that people have named as good for meeting, and beside the clocks of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Availability
from throughline.agreements.domain.terms import Schedule, dates

LOOKED_AT = 4
_YEAR = timedelta(days=366)


def outside(schedule: Schedule, said: Iterable[Availability]) -> list[bool]:
    """For each person, whether the first meetings all lie outside their windows; False for whoever named none."""
    starts = [_start(day, schedule) for day in islice(dates(schedule), LOOKED_AT)]
    length = timedelta(minutes=schedule.minutes)
    return [bool(starts) and all(one.minutes_outside(start, start + length) > 0 for start in starts) for one in said]


def outside_all(schedule: Schedule, said: Iterable[Availability]) -> bool:
    """Whether everybody has named windows, and none of them fits."""
    people = list(said)
    return len(people) > 1 and all(one.windows for one in people) and all(outside(schedule, people))


@dataclass(frozen=True)
class Reading:
    """What another clock shows at the meetings, from this date on, on that clock's calendar."""

    since: date
    at: time


def elsewhere(schedule: Schedule, zone: str) -> list[Reading]:
    """Each time that the meetings of the coming year have on another clock, in order: more than one where clocks
    change on different days."""
    found: list[Reading] = []
    for day in _first_year(schedule):
        there = _start(day, schedule).astimezone(ZoneInfo(zone))
        if not found or found[-1].at != there.time():
            found.append(Reading(there.date(), there.time()))
    return found


def skipped(schedule: Schedule) -> Iterator[tuple[date, time]]:
    """Meetings of the coming year whose time does not exist, as clocks go forward over it: when they begin instead."""
    for day in _first_year(schedule):
        begins = _start(day, schedule).astimezone(ZoneInfo(schedule.zone)).time()
        if begins != schedule.time:
            yield day, begins


def _first_year(schedule: Schedule) -> Iterator[date]:
    end = schedule.first + _YEAR
    return takewhile(lambda day: day <= end, dates(schedule))


def _start(day: date, schedule: Schedule) -> datetime:
    return datetime.combine(day, schedule.time, ZoneInfo(schedule.zone)).replace(fold=0).astimezone(UTC)
