"""Weeks and trends. A week is an ISO week: from Monday 00:00 to the next, on the clocks of one zone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from throughline.practices.domain.measure import Point

POINTS = 12
SPAN = timedelta(days=28)
# The first of the twelve points looks back four weeks from eleven weeks ago; a message before may have been answered.
LOOKED_BACK = timedelta(weeks=POINTS + 4)


@dataclass(frozen=True)
class Week:
    """A whole week: UTC instants, the end not in it."""

    monday: date
    start: datetime
    end: datetime


def weeks_before(now: datetime, zone: str, count: int) -> list[Week]:
    """The last whole weeks before the one that `now` is in, the earliest first."""
    today = now.astimezone(ZoneInfo(zone)).date()
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=back) for back in range(count, -1, -1)]
    starts = [datetime.combine(monday, time.min, ZoneInfo(zone)).astimezone(UTC) for monday in mondays]
    return [Week(*found) for found in zip(mondays, starts, starts[1:], strict=False)]


def held_in(instants: Iterable[datetime], weeks: Sequence[Week]) -> set[Week]:
    """Those of the weeks, which stand by time, that hold one of these instants."""
    starts = [week.start for week in weeks]
    places = ((bisect_right(starts, at) - 1, at) for at in instants)
    return {weeks[place] for place, at in places if place >= 0 and at < weeks[place].end}


def every_week(now: datetime) -> list[datetime]:
    """Twelve instants, a week apart, up to now."""
    return [now - timedelta(weeks=back) for back in range(POINTS - 1, -1, -1)]


def rolling(items: Iterable[tuple[datetime, bool]], ends: Sequence[datetime], zone: str) -> tuple[Point, ...]:
    """For each of these instants what was counted in the four weeks up to it, that instant left out at the start."""
    found = list(items)
    return tuple(_point(found, end, zone) for end in ends)


def _point(items: Sequence[tuple[datetime, bool]], end: datetime, zone: str) -> Point:
    counted = [good for at, good in items if end - SPAN < at <= end]
    return Point(end.astimezone(ZoneInfo(zone)).date(), sum(counted), len(counted))
