"""Somebody's calendar as the times at which it says that they are busy, and what of it could not be understood.

Calendars come from every program there is: entries that contradict themselves, zones that nobody knows, rules that
never end. One broken entry costs that entry alone, and is counted, so that the person can be told. What an entry is
about is never kept. `reading_apart.py` runs this in a process of its own, since a rule may take for ever.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from throughline.calendars.domain.lines import Block, blocks_of, decoded
from throughline.calendars.domain.spans import Pair, joined

MOST_ENTRIES = 20_000
MOST_SPANS = 5_000
OURS = "throughline-"
"""How the uids of our own events begin: our meetings in that calendar are no news."""
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_LONGEST = timedelta(days=366)


class LeftOut(StrEnum):
    """Why an entry is not among the busy times; ZONE and LETTERS are read all the same, after a guess."""

    BROKEN = "broken"
    BACKWARDS = "backwards"
    OFTEN = "often"
    SLOW = "slow"
    MANY = "many"
    ZONE = "zone"
    LETTERS = "letters"


class NoCalendarError(ValueError):
    """It is no calendar at all."""


class TooSlowError(Exception):
    """Raised by the guard into the entry that takes too long."""


@dataclass(frozen=True)
class Reading:
    """busy: UTC, sorted and disjoint. left_out: how many entries for each reason. entries: how many there were."""

    busy: tuple[Pair, ...]
    left_out: dict[str, int]
    entries: int


Guard = Callable[[], AbstractContextManager[Any]]


def read(content: bytes, begin: datetime, end: datetime, zone: str, guard: Guard = nullcontext) -> Reading:
    """Busy times within [begin, end). zone: the person's, for times that name none.

    guard: entered around each entry; raises TooSlowError in it when that takes too long. Raises NoCalendarError.
    """
    text, guessed = decoded(content)
    blocks = blocks_of(text)
    if not blocks.calendar:
        raise NoCalendarError
    left: Counter[str] = Counter()
    if guessed:
        left[LeftOut.LETTERS] = 1
    if len(blocks.events) > MOST_ENTRIES:
        left[LeftOut.MANY] = len(blocks.events) - MOST_ENTRIES
    left[LeftOut.BROKEN] += blocks.torn
    spans: list[Pair] = []
    home = _zone_of(blocks.zone) or ZoneInfo(zone)
    for group in _groups(blocks.events[:MOST_ENTRIES]):
        try:
            with guard():
                found, why = _busy_in(group, blocks.zones, begin, end, home)
        except TooSlowError:
            found, why = [], {LeftOut.SLOW: 1}
        except Exception:
            found, why = [], {LeftOut.BROKEN: len(group)}
        spans += found
        left.update(why)
        if len(spans) > MOST_SPANS:
            spans = joined(spans)
            if len(spans) > MOST_SPANS:
                left[LeftOut.MANY] += 1
                break
    spans += _free_busy(blocks.free_busy, begin, end, left)
    inside = joined((max(start, begin), min(stop, end)) for start, stop in spans)
    return Reading(tuple(inside[:MOST_SPANS]), {str(k): n for k, n in left.items() if n}, len(blocks.events))


def _groups(events: Iterable[Block]) -> Iterator[list[Block]]:
    """What belongs together: a rule and its exceptions. Entries without a uid stand alone."""
    groups: dict[str, list[Block]] = defaultdict(list)
    for number, event in enumerate(events):
        if not event.uid.startswith(OURS):
            groups[event.uid or f"\0{number}"].append(event)
    yield from groups.values()


def _busy_in(
    group: list[Block], zones: str, begin: datetime, end: datetime, home: tzinfo
) -> tuple[list[Pair], dict[str, int]]:
    """Spans and what was left out of one uid's entries."""
    why: Counter[str] = Counter()
    parsed = []
    for block in group:
        event = _parsed(block, zones)
        if event is None:
            why[LeftOut.BROKEN] += 1
        elif _backwards(event, home):
            why[LeftOut.BACKWARDS] += 1
        elif _too_often(event):
            why[LeftOut.OFTEN] += 1
        else:
            parsed.append(event)
    if any(_knows_no_zone(event) for event in parsed):
        why[LeftOut.ZONE] += 1
    repeats = any(event.get("RRULE") or event.get("RDATE") or event.get("RECURRENCE-ID") for event in parsed)
    events = _expanded(parsed, begin, end) if repeats else parsed
    return [span for event in events if _is_busy(event) and (span := _span(event, home))], why


def _parsed(block: Block, zones: str) -> Any:
    whole = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{zones}{block.text}END:VCALENDAR\r\n"
    events = [event for event in Calendar.from_ical(whole).walk("VEVENT") if isinstance(event, Event)]
    if len(events) != 1 or not isinstance(getattr(events[0].get("DTSTART"), "dt", None), date):
        return None
    event = events[0]
    said = {name for name, _why in event.errors}
    return None if said & {"DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID"} else event


def _expanded(events: list[Any], begin: datetime, end: datetime) -> list[Any]:
    calendar = Calendar()
    for event in events:
        calendar.add_component(event)
    # A day more on both sides, since floating times are only placed afterwards.
    day = timedelta(days=1)
    found = recurring_ical_events.of(calendar, skip_bad_series=False).between(begin - day, end + day)
    return [event for event in found if isinstance(event, Event)]


def _is_busy(event: Any) -> bool:
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return False
    return str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() not in ("FREE", "WORKINGELSEWHERE")


def _ends(event: Any) -> Any:
    start = event["DTSTART"].dt
    if event.get("DTEND") is not None:
        return event["DTEND"].dt
    if event.get("DURATION") is not None:
        return start + event["DURATION"].dt
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _span(event: Any, home: tzinfo) -> Pair | None:
    start, end = _instant(event["DTSTART"].dt, home), _instant(_ends(event), home)
    return (start, min(end, start + _LONGEST)) if start < end else None


def _backwards(event: Any, home: tzinfo) -> bool:
    return _instant(_ends(event), home) < _instant(event["DTSTART"].dt, home)


def _instant(value: date, home: tzinfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(0))
    return (value if value.tzinfo else value.replace(tzinfo=home)).astimezone(UTC)


def _too_often(event: Any) -> bool:
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules] if rules else []:
        often = {str(value).upper() for value in rule.get("FREQ", [])} & TOO_OFTEN
        times = sum(len(rule.get(name, [])) for name in ("BYSECOND", "BYMINUTE", "BYHOUR"))
        if often or times > 24 or any(int(step) < 1 for step in rule.get("INTERVAL", [1])):
            return True
    return False


def _knows_no_zone(event: Any) -> bool:
    start = event["DTSTART"]
    named = start.params.get("TZID")
    return bool(named) and isinstance(start.dt, datetime) and start.dt.tzinfo is None


def _zone_of(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _free_busy(lines: list[str], begin: datetime, end: datetime, left: Counter[str]) -> list[Pair]:
    """VFREEBUSY: periods alone, as some servers publish them."""
    from icalendar import vPeriod

    found = []
    for period in lines[:MOST_ENTRIES]:
        try:
            start, stop = vPeriod.from_ical(period)  # type: ignore[no-untyped-call]
            stop = start + stop if isinstance(stop, timedelta) else stop
            found.append((_instant(start, UTC), _instant(stop, UTC)))
        except Exception:
            left[LeftOut.BROKEN] += 1
    return [span for span in found if span[0] < end and span[1] > begin]
