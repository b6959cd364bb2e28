"""One instant on everybody's clock, and what a clock change does to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LocalStart:
    """When something starts for one person. shift: how much later (or, below zero, earlier) on their clock than
    the occurrence before, which happens when only one of two zones has changed its clocks."""

    called: str
    zone: str
    start: datetime
    shift: timedelta = timedelta(0)


def local_start(called: str, zone: str, start: datetime, before: datetime | None) -> LocalStart:
    home = ZoneInfo(zone)
    shift = clock_shift(before.astimezone(home), start.astimezone(home)) if before else timedelta(0)
    return LocalStart(called, zone, start.astimezone(home), shift)


def clock_shift(before: datetime, after: datetime) -> timedelta:
    """How much later the clock shows `after` than `before`, at most half a day either way; days do not count."""
    late = (_of_day(after) - _of_day(before)) % _DAY
    return late - _DAY if late > _DAY / 2 else late


def _of_day(local: datetime) -> timedelta:
    return timedelta(hours=local.hour, minutes=local.minute)
