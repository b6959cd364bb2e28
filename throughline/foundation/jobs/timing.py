"""When a job is begun again, and when a schedule is due next. Plain arithmetic: no clock, no database."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(hours=1)


def delay_after(attempt: int) -> timedelta:
    """How long to wait after the attempt of this number (from 1) failed: 2 s, 8 s, 32 s … at most an hour."""
    return min(FIRST_DELAY * (1 << 2 * min(attempt - 1, 10)), LONGEST_DELAY)


def next_due(due: datetime, every: timedelta, now: datetime) -> datetime:
    """The first instant after `now` on the grid of `due`: intervals that passed unattended are not made up for."""
    return due + every * ((now - due) // every + 1)
