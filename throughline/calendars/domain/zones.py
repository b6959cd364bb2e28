"""VTIMEZONE: what a zone's clocks do in some years, as the tables of this machine have it.

Each change is named with its own date, in the wall clock before it (RFC 5545, 3.6.5), so that a reader which does not
know the zone's name comes to the same instants. icalendar's own makes the change to summer an hour late.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vDDDLists

_DAY = timedelta(days=1)
_Kind = tuple[timedelta, timedelta, str, bool]


@lru_cache(maxsize=256)
def zone_table(zone: str, first_year: int, last_year: int) -> Timezone:
    """The zone from the first day of one year to the last of another. Not to be changed: it is kept."""
    found = Timezone()
    found.add("tzid", zone)
    for (before, after, name, summer), starts in _observances(ZoneInfo(zone), first_year, last_year).items():
        part = TimezoneDaylight() if summer else TimezoneStandard()
        part.add("dtstart", starts[0])
        if starts[1:]:
            part.add("rdate", vDDDLists(starts[1:]))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        found.add_component(part)
    return found


def changes(zone: ZoneInfo, first: date, last: date) -> list[datetime]:
    """The instants (UTC) between two days at which the zone's offset changes."""
    found = []
    day = datetime(first.year, first.month, first.day, tzinfo=UTC)
    until = datetime(last.year, last.month, last.day, tzinfo=UTC)
    while day < until:
        if _offset(zone, day) != _offset(zone, day + _DAY):
            found.append(_between(zone, day, day + _DAY))
        day += _DAY
    return found


def _observances(zone: ZoneInfo, first_year: int, last_year: int) -> dict[_Kind, list[datetime]]:
    found: dict[_Kind, list[datetime]] = defaultdict(list)
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    local = begin.astimezone(zone)
    found[_kind(zone, begin, begin)].append(local.replace(tzinfo=None))
    for at in changes(zone, date(first_year, 1, 1), date(last_year + 1, 1, 1)):
        before = _offset(zone, at - timedelta(seconds=1))
        found[_kind(zone, at - timedelta(seconds=1), at)].append((at + before).replace(tzinfo=None))
    return found


def _kind(zone: ZoneInfo, before: datetime, after: datetime) -> _Kind:
    local = after.astimezone(zone)
    return _offset(zone, before), _offset(zone, after), local.tzname() or str(local.utcoffset()), bool(local.dst())


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """To the second."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after
