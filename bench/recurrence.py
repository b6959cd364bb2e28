"""Half a year of 100,000 weekly series with exceptions in many zones, in seconds of CPU.

Ours is what the product plans with: `occurrences`, one series at a time. The peers are dateutil (rules expanded in
naive local time, the zone attached afterwards, the exceptions taken out) and recurring-ical-events (the same series as
iCalendar). All find the same starts. Each is measured on as many series as it manages in a few seconds, and scaled up.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import recurring_ical_events
from dateutil.rrule import WEEKLY, rrule

from throughline.agreements.domain.terms import Cadence, Holiday, Schedule
from throughline.meetings.domain.series import occurrences

MANY, FEW, FEWER = 100_000, 2_000, 100
FIRST = date(2026, 9, 7)
WEEKS = 26
_SINCE = datetime(2026, 9, 1, tzinfo=UTC)


def schedules(count: int) -> list[Schedule]:
    chance = random.Random(11)
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    found = []
    for _ in range(count):
        day = FIRST + timedelta(days=chance.randrange(7))
        out = tuple(day + timedelta(weeks=week) for week in sorted(chance.sample(range(WEEKS), 2)))
        holidays = tuple(Holiday(each, each) for each in out)
        at, last = clock(chance.randrange(4, 24), chance.choice([0, 15, 30, 45])), day + timedelta(weeks=WEEKS - 1)
        found.append(Schedule(Cadence.WEEKLY, day.weekday(), None, at, chance.choice(zones), 50, day, last, holidays))
    return found


def one_by_one(series: Sequence[Schedule]) -> list[list[datetime]]:
    return [list(occurrences(each, _SINCE)) for each in series]


def by_dateutil(series: Sequence[Schedule]) -> list[list[datetime]]:
    found = []
    for each in series:
        zone, out = ZoneInfo(each.zone), {holiday.first for holiday in each.holidays}
        rule = rrule(WEEKLY, dtstart=datetime.combine(each.first, each.time), count=WEEKS)
        found.append([at.replace(tzinfo=zone).astimezone(UTC) for at in rule if at.date() not in out])
    return found


def calendars(series: Sequence[Schedule]) -> list[icalendar.Calendar]:
    made = []
    for number, each in enumerate(series):
        calendar, event, zone = icalendar.Calendar(), icalendar.Event(), ZoneInfo(each.zone)
        event.add("uid", str(number))
        event.add("dtstart", datetime.combine(each.first, each.time, zone))
        event.add("rrule", {"freq": "weekly", "count": WEEKS})
        for holiday in each.holidays:
            event.add("exdate", datetime.combine(holiday.first, each.time, zone))
        calendar.add_component(event)
        made.append(calendar)
    return made


def by_recurring(made: Sequence[icalendar.Calendar]) -> list[list[datetime]]:
    end = datetime.combine(FIRST, clock(0), UTC) + timedelta(weeks=WEEKS + 2)
    found = []
    for calendar in made:
        events = recurring_ical_events.of(calendar).between(datetime(2026, 9, 1, tzinfo=UTC), end)
        found.append(sorted(event["DTSTART"].dt.astimezone(UTC) for event in events))
    return found


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    spent = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent)


def main() -> None:
    series = schedules(FEW)
    fewer = series[:FEWER]
    ours, made = one_by_one(series), calendars(fewer)
    if ours != by_dateutil(series) or ours[:FEWER] != by_recurring(made):
        raise AssertionError("they do not find the same starts")
    spent = seconds(lambda: one_by_one(series)) * MANY / FEW
    peers = {
        "dateutil": seconds(lambda: by_dateutil(series)) * MANY / FEW,
        "recurring-ical-events": seconds(lambda: by_recurring(made), 1) * MANY / FEWER,
    }
    for peer, theirs in peers.items():
        told = {"name": f"26 weeks of 100,000 series beside {peer}, s", "value": round(spent, 1)}
        print(json.dumps({**told, "peer": round(theirs, 1), "peer_is": peer, "ratio": round(theirs / spent, 1)}))


if __name__ == "__main__":
    main()
