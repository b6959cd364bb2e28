"""Over any pair of zones and any three years: no start shifts in the agreed zone, none is lost, doubled or overlaps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.agreements.domain.terms import Cadence, Schedule, timed
from throughline.meetings.domain.local import local_start
from throughline.meetings.domain.series import occurrences

THREE_YEARS = timedelta(days=3 * 365 + 1)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
zones = st.sampled_from(ZONES)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    cadence = draw(st.sampled_from(Cadence))
    first = draw(st.dates(date(2024, 1, 1), date(2034, 12, 31)))
    turns = draw(st.just(()) | st.lists(times, min_size=2, max_size=4).map(tuple))
    week = draw(st.sampled_from([1, 2, 3, 4, -1])) if cadence is Cadence.MONTHLY else None
    at = turns[0] if turns else draw(times)
    weekday, minutes = draw(st.integers(0, 6)), draw(st.sampled_from([25, 50, 180]))
    return Schedule(cadence, weekday, week, at, draw(zones), minutes, first, first + THREE_YEARS, (), turns)


def shown_at(day: date, at: time, zone: ZoneInfo) -> datetime:
    """What the clock shows: a time that it skips comes later by what is skipped (PEP 495, RFC 5545 3.3.5)."""
    return datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)


@settings(max_examples=40)
@given(schedules(), zones)
def test_no_start_shifts_is_lost_or_doubled_and_no_two_blocks_overlap(schedule, elsewhere):
    zone = ZoneInfo(schedule.zone)
    before = datetime.combine(schedule.first, time(0), UTC) - timedelta(days=3)
    found = list(occurrences(schedule, before))
    planned = list(timed(schedule))
    assert [start.astimezone(zone).replace(tzinfo=None) for start in found] == [
        shown_at(day, at, zone) for day, at in planned
    ]
    length = timedelta(minutes=schedule.minutes)
    assert all(one + length <= other for one, other in pairwise(found))
    there = [local_start("", elsewhere, start, None).start for start in found]
    assert [start.astimezone(UTC) for start in there] == found  # on the other's clock it is the same instant


def days(schedule: Schedule, count: int) -> list[str]:
    zone = ZoneInfo(schedule.zone)
    after = datetime.combine(schedule.first, time(0), zone).astimezone(UTC) - timedelta(seconds=1)
    found = takewhile(lambda each: each[0] < count, enumerate(occurrences(schedule, after)))
    return [start.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z") for _number, start in found]


def test_the_examples_of_rfc_5545_for_the_rules_that_we_use():
    """Section 3.8.5.3: weekly for ten weeks, every other week, monthly on the first Friday and on the second to last
    and last Monday of those that we offer. DTSTART;TZID=America/New_York:19970902T090000 and its neighbours."""
    york = "America/New_York"
    weekly = Schedule(Cadence.WEEKLY, 1, None, time(9), york, 60, date(1997, 9, 2), None)
    assert days(weekly, 10) == [
        *(f"1997-09-{day:02} 09:00 EDT" for day in (2, 9, 16, 23, 30)),
        *(f"1997-10-{day:02} 09:00 EDT" for day in (7, 14, 21)),
        "1997-10-28 09:00 EST",
        "1997-11-04 09:00 EST",
    ]
    fortnightly = Schedule(Cadence.FORTNIGHTLY, 1, None, time(9), york, 60, date(1997, 9, 2), None)
    assert days(fortnightly, 9) == [
        *(f"1997-09-{day:02} 09:00 EDT" for day in (2, 16, 30)),
        "1997-10-14 09:00 EDT",
        "1997-10-28 09:00 EST",
        *(f"1997-{day} 09:00 EST" for day in ("11-11", "11-25", "12-09", "12-23")),
    ]
    first_friday = Schedule(Cadence.MONTHLY, 4, 1, time(9), york, 60, date(1997, 9, 5), None)
    assert days(first_friday, 10) == [
        "1997-09-05 09:00 EDT",
        "1997-10-03 09:00 EDT",
        *(f"{day} 09:00 EST" for day in ("1997-11-07", "1997-12-05", "1998-01-02", "1998-02-06", "1998-03-06")),
        "1998-04-03 09:00 EST",
        "1998-05-01 09:00 EDT",
        "1998-06-05 09:00 EDT",
    ]


def test_a_skipped_time_of_rfc_5545_is_read_with_the_offset_before_the_gap():
    """Section 3.3.5: 02:30 in New York on 11 March 2007 means 03:30 EDT, 07:30 in UTC; 01:30 that comes twice on 4
    November 2007 is the first, 05:30 in UTC."""
    york = "America/New_York"
    gap = Schedule(Cadence.WEEKLY, 6, None, time(2, 30), york, 50, date(2007, 3, 11), None)
    assert next(occurrences(gap, datetime(2007, 3, 10, tzinfo=UTC))) == datetime(2007, 3, 11, 7, 30, tzinfo=UTC)
    twice = Schedule(Cadence.WEEKLY, 6, None, time(1, 30), york, 50, date(2007, 11, 4), None)
    assert next(occurrences(twice, datetime(2007, 11, 3, tzinfo=UTC))) == datetime(2007, 11, 4, 5, 30, tzinfo=UTC)
