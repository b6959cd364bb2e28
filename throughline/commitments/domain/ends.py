"""How a commitment comes to its end, and how it was kept."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class End(StrEnum):
    DONE = "done"
    DROPPED = "dropped"


class Kept(StrEnum):
    """ON_TIME counts by the first date that was said; moving it makes it LATE at best."""

    OPEN = "open"
    OVERDUE = "overdue"
    ON_TIME = "on time"
    LATE = "late"
    DROPPED = "dropped"


def kept(*, first_due: date, due: date, today: date, end: End | None, ended_on: date | None) -> Kept:
    """All dates are days in the owner's zone. `ended_on` belongs to `end`."""
    if end is End.DROPPED:
        return Kept.DROPPED
    if end is End.DONE and ended_on is not None:
        return Kept.ON_TIME if ended_on <= first_due else Kept.LATE
    return Kept.OVERDUE if due < today else Kept.OPEN
