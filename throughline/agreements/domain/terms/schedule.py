"""When people meet: a rhythm on one clock, and the days on which it rests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

Turn = time
"""A clock time among those that take turns; `time` is the name of a field below."""


class Cadence(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Holiday:
    """Whole days without meetings, both ends included, in the schedule's zone."""

    first: date
    last: date

    def covers(self, on: date) -> bool:
        return self.first <= on <= self.last


@dataclass(frozen=True)
class Schedule:
    """When both meet. weekday: 0 is Monday. week_of_month: 1 to 4, or -1 for the last; None unless monthly.

    `time` is the clock time in `zone`, so it stays through clock changes. No meeting is before `first`, after
    `last` or in a holiday, all of them dates in `zone`; without `last` it goes on. Fortnights are counted from
    `anchor()`, holidays or not. rotation: clock times that take turns from the first fitting date on, `time` the
    first of them; empty where it is always `time`. A turn that falls into a holiday is over with it.
    """

    cadence: Cadence
    weekday: int
    week_of_month: int | None
    time: time
    zone: str
    minutes: int
    first: date
    last: date | None
    holidays: tuple[Holiday, ...] = ()
    # Left out of what is signed while empty, so that texts without one are the same bytes as before there was any.
    rotation: tuple[Turn, ...] = field(default=(), metadata={"left_out_when_empty": True})

    def anchor(self) -> date:
        """The earliest date on or after `first` that fits the weekday (and, monthly, the week)."""
        if self.week_of_month is None:
            return self.first + timedelta(days=(self.weekday - self.first.weekday()) % 7)
        here = date_in_month(self.first.year, self.first.month, self.weekday, self.week_of_month)
        if here >= self.first:
            return here
        years, month = divmod(self.first.month, 12)
        return date_in_month(self.first.year + years, month + 1, self.weekday, self.week_of_month)

    def first_meeting(self) -> date:
        """The date of the first meeting; of the first that would be, while the holidays leave none."""
        return next(dates(self), self.anchor())

    def rests(self, on: date) -> bool:
        return any(holiday.covers(on) for holiday in self.holidays)


def fitting(schedule: Schedule) -> Iterator[date]:
    """Every date that fits the rhythm, holidays or not, up to `last`; without end when there is none."""
    found = _monthly(schedule) if schedule.cadence is Cadence.MONTHLY else _by_weeks(schedule)
    for day in found:
        if schedule.last is not None and day > schedule.last:
            return
        yield day


def dates(schedule: Schedule) -> Iterator[date]:
    """The dates of the meetings, in order."""
    return (day for day in fitting(schedule) if not schedule.rests(day))


def timed(schedule: Schedule) -> Iterator[tuple[date, time]]:
    """The dates of the meetings in order, each with its clock time in the schedule's zone."""
    turns = schedule.rotation or (schedule.time,)
    for number, day in enumerate(fitting(schedule)):
        if not schedule.rests(day):
            yield day, turns[number % len(turns)]


def _by_weeks(schedule: Schedule) -> Iterator[date]:
    day = schedule.first + timedelta(days=(schedule.weekday - schedule.first.weekday()) % 7)
    step = timedelta(weeks=2 if schedule.cadence is Cadence.FORTNIGHTLY else 1)
    while day.year < date.max.year:
        yield day
        day += step


def _monthly(schedule: Schedule) -> Iterator[date]:
    year, month = schedule.first.year, schedule.first.month
    while year < date.max.year:
        day = date_in_month(year, month, schedule.weekday, schedule.week_of_month or 1)
        if day >= schedule.first:
            yield day
        years, month = divmod(month, 12)
        year, month = year + years, month + 1


def date_in_month(year: int, month: int, weekday: int, week: int) -> date:
    """The first to fourth (1 to 4) or last (-1) such weekday of a month."""
    if week == -1:
        years, following = divmod(month, 12)
        end = date(year + years, following + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (week - 1))
