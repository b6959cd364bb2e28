"""What a meeting costs somebody: minutes outside the hours that they named, twice as much in the night.

The night is 22:00 to 07:00 on their own clock. Where their own quiet hours are shorter they have said that the rest of
it is fine, and it counts once; with no quiet hours at all, no hour counts twice.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Availability, QuietHours

NIGHT = QuietHours(time(22), time(7))
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


def load(said: Availability, start: datetime, end: datetime) -> int:
    """Minutes of one meeting; 0 for somebody who named no windows. Days away count as time outside."""
    if not said.windows:
        return 0
    zone = ZoneInfo(said.zone)
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    days = [first - _DAY + n * _DAY for n in range((last - first).days + 3)]
    inside = [(span.start, span.end) for day in days for span in said.instants_free(day)]
    total, at = 0, start
    while at < end:
        if not any(begin <= at < until for begin, until in inside):
            total += 2 if _asleep(said, at.astimezone(zone).time()) else 1
        at += _MINUTE
    return total


def _asleep(said: Availability, clock: time) -> bool:
    return NIGHT.shows(clock) and said.quiet_hours is not None and said.quiet_hours.shows(clock)


def unfairness(one: int, other: int) -> float:
    """abs(Dm - De) ÷ (Dm + De): 0 where both carry the same, 1 where one carries everything, 0 where nobody does."""
    return abs(one - other) / (one + other) if one or other else 0.0
