"""When a person can meet: weekly windows, working days, quiet hours and absences, in their own zone.

Instants are aware datetimes, answered in UTC. A window belongs to wall-clock time: an instant is free when the
person's clock then shows a time inside a window of that weekday. So where clocks go back an hour counts twice,
and where they go forward the hour that never comes counts not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

MIDNIGHT = time(0)
_DAY = timedelta(days=1)


class WindowError(ValueError):
    """A window that cannot be: `args[0]` is "empty", "backwards" or "overlap"."""


@dataclass(frozen=True)
class Span:
    """From start up to, not including, end: aware instants in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Window:
    """A weekly block. weekday: Monday is 0. ends 00:00 means the midnight that closes the day.

    Raises WindowError: "empty" when it has no length, "backwards" when it ends before it starts.
    """

    weekday: int
    starts: time
    ends: time

    def __post_init__(self) -> None:
        if self.starts == self.ends:
            raise WindowError("empty")
        if self.ends != MIDNIGHT and self.ends < self.starts:
            raise WindowError("backwards")

    def overlaps(self, other: Window) -> bool:
        return (
            self.weekday == other.weekday
            and _minute(self.starts) < _last_minute(other.ends)
            and _minute(other.starts) < _last_minute(self.ends)
        )

    def shows(self, clock: time) -> bool:
        """Whether a clock that shows this time stands inside the window."""
        return self.starts <= clock and (self.ends == MIDNIGHT or clock < self.ends)


@dataclass(frozen=True)
class QuietHours:
    """Daily hours in which nothing that can wait reaches a person. May pass midnight; equal ends mean none."""

    starts: time
    ends: time

    def shows(self, clock: time) -> bool:
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


@dataclass(frozen=True)
class Absence:
    """Whole days away, both ends included, in the person's own zone."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("An absence ends on or after the day it starts.")

    def covers(self, on: date) -> bool:
        return self.first <= on <= self.last


def distinct(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The windows in order of the week. Raises WindowError("overlap") when two share a minute."""
    ordered = tuple(sorted(windows, key=lambda w: (w.weekday, w.starts)))
    for before, after in pairwise(ordered):
        if before.overlaps(after):
            raise WindowError("overlap")
    return ordered


@dataclass(frozen=True)
class Availability:
    """All that a person said about their time. No windows: nothing was said, so no minute is outside them."""

    zone: str
    windows: tuple[Window, ...] = ()
    working_days: frozenset[int] = frozenset(range(5))
    quiet_hours: QuietHours | None = None
    absences: tuple[Absence, ...] = ()

    def is_away(self, on: date) -> bool:
        return any(absence.covers(on) for absence in self.absences)

    def works(self, on: date) -> bool:
        """Whether it is a working day of theirs on which they are not away."""
        return on.weekday() in self.working_days and not self.is_away(on)

    def instants_free(self, on: date) -> tuple[Span, ...]:
        """The free time of one date of theirs, in order; nothing on a day away."""
        if self.is_away(on):
            return ()
        spans = (
            span
            for window in self.windows
            if window.weekday == on.weekday()
            for span in _instants(on, window.starts, window.ends, ZoneInfo(self.zone))
        )
        return tuple(sorted(spans, key=lambda span: span.start))

    def minutes_outside(self, start: datetime, end: datetime) -> int:
        """Whole minutes from start to end that lie outside the windows; 0 when there are none."""
        if not self.windows:
            return 0
        inside = sum((_shared(span, start, end) for span in self._free_between(start, end)), timedelta(0))
        return int((end - start - inside).total_seconds() // 60)

    def is_quiet(self, at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(self.zone))
        return self.quiet_hours is not None and self.quiet_hours.shows(local.time())

    def awake_at(self, at: datetime) -> datetime:
        """The instant itself, or the end of the quiet hours that it falls into, in UTC."""
        if self.quiet_hours is None or not self.is_quiet(at):
            return at.astimezone(UTC)
        local = at.astimezone(ZoneInfo(self.zone))
        on = local.date() if local.time() < self.quiet_hours.ends else local.date() + _DAY
        ends = datetime.combine(on, self.quiet_hours.ends, ZoneInfo(self.zone)).astimezone(UTC)
        # Where clocks go back over the end, the first reading of it may have passed already.
        return ends if ends > at else ends + timedelta(hours=1)

    def _free_between(self, start: datetime, end: datetime) -> Iterator[Span]:
        zone = ZoneInfo(self.zone)
        on, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        while on <= last:
            yield from self.instants_free(on)
            on += _DAY


def _minute(value: time) -> int:
    return value.hour * 60 + value.minute


def _last_minute(value: time) -> int:
    return _minute(value) or 24 * 60


def _shared(span: Span, start: datetime, end: datetime) -> timedelta:
    return max(min(span.end, end) - max(span.start, start), timedelta(0))


def _instants(on: date, starts: time, ends: time, zone: ZoneInfo) -> Iterator[Span]:
    """Where the wall clock of this date shows a time from starts up to ends: one span for each offset in force."""
    until = datetime.combine(on, ends) if ends != MIDNIGHT else datetime.combine(on + _DAY, MIDNIGHT)
    wall_start, joined = datetime.combine(on, starts), None
    for offset, since, before in _offsets(on, zone):
        start = max((wall_start - offset).replace(tzinfo=UTC), since)
        end = min((until - offset).replace(tzinfo=UTC), before)
        if start >= end:
            continue
        if joined and joined.end == start:
            joined = Span(joined.start, end)
            continue
        if joined:
            yield joined
        joined = Span(start, end)
    if joined:
        yield joined


def _offsets(on: date, zone: ZoneInfo) -> Iterator[tuple[timedelta, datetime, datetime]]:
    """Each offset in force on a date, with the instants it holds from and up to, to the second."""
    # A day wider than the date on both sides: its own midnight may be the hour that is skipped or repeated.
    since = datetime.combine(on - _DAY, MIDNIGHT, UTC)
    end = datetime.combine(on + 2 * _DAY, MIDNIGHT, UTC)
    while since < end:
        offset = _offset(since, zone)
        low, high = since, since + timedelta(hours=6)
        while high < end and _offset(high, zone) == offset:
            low, high = high, high + timedelta(hours=6)
        if high >= end and _offset(end, zone) == offset:
            yield offset, since, end
            return
        high = min(high, end)
        while high - low > timedelta(seconds=1):
            middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
            low, high = (middle, high) if _offset(middle, zone) == offset else (low, middle)
        yield offset, since, high
        since = high


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)
