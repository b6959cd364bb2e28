"""Weekly times that suit two people, from what each said about their time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Availability

HALF_HOUR = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def free_blocks(people: Sequence[Availability], minutes: int, after: datetime, count: int = 3) -> tuple[datetime, ...]:
    """The first start that suits everybody on each of the next `count` days that have one, within two weeks. UTC.

    Starts lie on whole and half hours, from the next day on, so that nobody is hurried.
    """
    found: list[datetime] = []
    days = set()
    home = ZoneInfo(people[0].zone)
    for start in _starts(after):
        day = start.astimezone(home).date()
        if day not in days and all(suits(person, start, timedelta(minutes=minutes)) for person in people):
            found.append(start)
            days.add(day)
        if len(found) == count:
            break
    return tuple(found)


def suits(person: Availability, start: datetime, length: timedelta) -> bool:
    """Within their windows; without any, on a working day and outside their quiet hours."""
    end = start + length
    local = start.astimezone(ZoneInfo(person.zone))
    if person.is_away(local.date()):
        return False
    if person.windows:
        return person.minutes_outside(start, end) == 0
    return person.works(local.date()) and not person.is_quiet(start) and not person.is_quiet(end - MINUTE)


def _starts(after: datetime) -> Iterator[datetime]:
    whole = after.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    yield from (whole + half * HALF_HOUR for half in range(14 * 48))
