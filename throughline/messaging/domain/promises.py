"""Until when the reply clock stands still: "I'll answer by …" stops it until the end of that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

FURTHEST = timedelta(days=31)
"""How far ahead an answer can be promised."""


@dataclass(frozen=True)
class Promised:
    """Somebody answers by this day of theirs. until: its end, in UTC. open: not answered yet."""

    person_id: UUID
    day: date
    until: datetime
    open: bool = True


def is_overdue(answer_by: datetime | None, promised: Iterable[Promised], me: UUID, now: datetime) -> bool:
    """Whether the time of whoever was asked is over: the signed one, and what they promised after it."""
    mine = [one.until for one in promised if one.person_id == me]
    times = [*mine, *([answer_by] if answer_by else [])]
    return bool(times) and max(times) < now


def suggested(today: date, working_days: Iterable[int]) -> list[date]:
    """Days to choose with one tap: the next three on which this person works. working_days: Monday is 0."""
    works = set(working_days) or set(range(7))
    ahead = (today + timedelta(days=number) for number in range(1, 29))
    return [day for day in ahead if day.weekday() in works][:3]
