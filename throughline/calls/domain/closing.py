"""When a call is over. All instants aware UTC.

Somebody who pressed Leave is gone at once. A socket that went away by itself is waited for: 20 s cover a reload or
a short loss of the line. A socket that is still there but has said nothing for 60 s is dead (the server was killed,
a lid was closed).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

RETURN = timedelta(seconds=20)
SILENCE = timedelta(seconds=60)
ENTERING = timedelta(minutes=10)


@dataclass(frozen=True)
class Attendance:
    """One socket's time in a call. `left_at` None while it is there; `by_choice` when Leave was pressed."""

    seen_until: datetime
    left_at: datetime | None = None
    by_choice: bool = False


def is_over(at: datetime, opened_at: datetime, attendances: Iterable[Attendance]) -> bool:
    """Whether nobody is in the call or can still be expected back. One that nobody has entered gets ENTERING."""
    everybody = list(attendances)
    if not everybody:
        return at - opened_at > ENTERING
    return not any(_expected(at, attendance) for attendance in everybody)


def last_moment(opened_at: datetime, attendances: Iterable[Attendance]) -> datetime:
    """When the call is said to have ended: the last time that anybody was seen in it."""
    return max([opened_at, *(attendance.seen_until for attendance in attendances)])


def _expected(at: datetime, attendance: Attendance) -> bool:
    if attendance.left_at is None:
        return at - attendance.seen_until <= SILENCE
    return not attendance.by_choice and at - attendance.left_at <= RETURN
