"""A schedule beside the hours that people have named as good for meeting, and beside the clocks of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Availability
from throughline.agreements.domain.terms import Schedule, timed

LOOKED_AT = 4
_YEAR = timedelta(days=366)


def outside(schedule: Schedule, said: Iterable[Availability]) -> list[bool]:
    """For each person, whether the first meetings all lie outside their windows; False for whoever named none."""
    starts = [_start(day, at, schedule) for day, at in islice(timed(schedule), LOOKED_AT)]
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
    for day, at in _first_year(schedule):
        there = _start(day, at, schedule).astimezone(ZoneInfo(zone))
        if not found or found[-1].at != there.time():
            found.append(Reading(there.date(), there.time()))
    return found


def skipped(schedule: Schedule) -> Iterator[tuple[date, time]]:
    """Meetings of the coming year whose time does not exist, as clocks go forward over it: when they begin instead."""
    for day, at in _first_year(schedule):
        begins = _start(day, at, schedule).astimezone(ZoneInfo(schedule.zone)).time()
        if begins != at:
            yield day, begins


def _first_year(schedule: Schedule) -> Iterator[tuple[date, time]]:
    end = schedule.first + _YEAR
    return takewhile(lambda each: each[0] <= end, timed(schedule))


def _start(day: date, at: time, schedule: Schedule) -> datetime:
    return datetime.combine(day, at, ZoneInfo(schedule.zone)).replace(fold=0).astimezone(UTC)
