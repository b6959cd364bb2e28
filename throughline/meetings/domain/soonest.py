"""The soonest times at which people could meet once: free in what each said, clear of what takes them up.

Where no time lies in everybody's windows, those are offered at which nobody would be asked to be up in their quiet
hours, and for whom each lies outside is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from throughline.meetings.domain.free_time import Pair, free_for_all
from throughline.meetings.domain.slots import BREATH, Diary, open_time

STEP = timedelta(minutes=15)
LEAD = timedelta(hours=1)
"""Nobody is asked to be there sooner."""
APART = timedelta(hours=2)
"""Between two offers of one day."""


@dataclass(frozen=True)
class FreeSlot:
    """A time that is free for everybody, in UTC. outside: the places, in the order of the diaries, of those for whom
    it lies outside what they said suits them."""

    start: datetime
    end: datetime
    outside: tuple[int, ...] = ()


def soonest(
    diaries: Sequence[Diary], *, minutes: int, since: datetime, until: datetime, most: int = 3
) -> list[FreeSlot]:
    """At most one a day while days last, then further ones; by time. since, until: within these, LEAD not added."""
    length = timedelta(minutes=minutes)
    inside = list(_starts(_common(diaries, since, until, asked=True), length, since, until))
    chosen = _spread(inside, most)
    if len(chosen) < most:
        awake = list(_starts(_common(diaries, since, until, asked=False), length, since, until))
        chosen += _spread([start for start in awake if start not in inside], most - len(chosen), chosen)
    return [FreeSlot(start, start + length, _outside(diaries, start, length)) for start in sorted(chosen)]


def _common(diaries: Sequence[Diary], since: datetime, until: datetime, *, asked: bool) -> list[Pair]:
    first, last = since.date() - timedelta(days=1), until.date() + timedelta(days=1)
    return free_for_all((open_time(diary, first, last, asked=asked), diary.busy, BREATH) for diary in diaries)


def _starts(common: Sequence[Pair], length: timedelta, since: datetime, until: datetime) -> Iterator[datetime]:
    for begin, end in common:
        start = _whole(max(begin, since))
        while start + length <= end and start <= until:
            yield start
            start += STEP


def _whole(at: datetime) -> datetime:
    """Up to the next quarter of an hour."""
    late = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return (at - late + (STEP if late else timedelta(0))).astimezone(UTC)


def _spread(starts: Sequence[datetime], most: int, beside: Sequence[datetime] = ()) -> list[datetime]:
    """The first of each day, then others that are some time apart."""
    chosen: list[datetime] = []
    for days_apart in (True, False):
        for start in starts:
            near = [other for other in (*beside, *chosen) if _near(start, other, days_apart)]
            if len(chosen) < most and not near:
                chosen.append(start)
    return chosen


def _near(one: datetime, other: datetime, days_apart: bool) -> bool:
    return one.date() == other.date() if days_apart else abs(one - other) < APART


def _outside(diaries: Sequence[Diary], start: datetime, length: timedelta) -> tuple[int, ...]:
    return tuple(place for place, diary in enumerate(diaries) if not _suits(diary, start, length))


def _suits(diary: Diary, start: datetime, length: timedelta) -> bool:
    day = start.astimezone(ZoneInfo(diary.availability.zone)).date()
    around = open_time(diary, day - timedelta(days=1), day + timedelta(days=1), asked=True)
    return any(begin <= start and start + length <= end for begin, end in around)
