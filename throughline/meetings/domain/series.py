"""The occurrences of an agreed schedule, exact through clock changes.

A rule is expanded in naive local time and the zone attached afterwards, so that 18:00 stays 18:00. A time that a
clock change skips moves forward by what was skipped; one that comes twice is the first of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import dropwhile, islice
from zoneinfo import ZoneInfo, available_timezones

from throughline.agreements.domain.terms import Cadence, Holiday, Schedule, timed

_ENOUGH = 12  # occurrences that two schedules must have in common to be the same


class CannotPlanError(ValueError):
    """The schedule has no occurrences to plan; the message is a sentence for people."""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def check(schedule: Schedule) -> None:
    """Raises CannotPlanError for what no series can be made of, however it came here."""
    if schedule.zone not in _zones():
        raise CannotPlanError(f"There is no time zone called {schedule.zone!r}.")
    if schedule.last is not None and schedule.last < schedule.first:
        raise CannotPlanError("The series ends before it starts.")
    if schedule.minutes <= 0:
        raise CannotPlanError("A meeting must last at least a minute.")
    if not 0 <= schedule.weekday <= 6:
        raise CannotPlanError("A weekday is 0 (Monday) to 6 (Sunday).")
    if schedule.cadence is Cadence.MONTHLY and schedule.week_of_month not in (1, 2, 3, 4, -1):
        raise CannotPlanError("A monthly meeting is on the first to fourth, or the last, such weekday.")


def instant(day: date, schedule: Schedule, at: time | None = None) -> datetime:
    """The start on this local date, in UTC; `at` where times take turns. fold=0 is both rules at once: see PEP 495."""
    local = datetime.combine(day, at or schedule.time, tzinfo=ZoneInfo(schedule.zone))
    return local.replace(fold=0).astimezone(UTC)


def occurrences(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Every start later than this instant, in UTC, in order. Raises CannotPlanError."""
    check(schedule)
    # Skipping by date keeps years of past occurrences from being converted one by one; two days cover any zone.
    near = after.astimezone(UTC).date() - timedelta(days=2)
    later = dropwhile(lambda each: each[0] < near, timed(schedule))
    starts = (instant(day, schedule, at) for day, at in later)
    return dropwhile(lambda start: start <= after, starts)


def same_from(one: Schedule, other: Schedule, after: datetime) -> bool:
    """Whether both lead to the same meetings from here on, whatever they said of the past."""
    if _rests_from(one, after) != _rests_from(other, after):
        return False
    if (one.minutes, one.zone, one.time, one.cadence) != (other.minutes, other.zone, other.time, other.cadence):
        return False
    if one.last != other.last or one.rotation != other.rotation:
        return False
    return list(islice(occurrences(one, after), _ENOUGH)) == list(islice(occurrences(other, after), _ENOUGH))


def _rests_from(schedule: Schedule, after: datetime) -> set[Holiday]:
    """The holidays that are not over yet, a day more or less."""
    return {holiday for holiday in schedule.holidays if holiday.last >= after.date() - timedelta(days=1)}
