"""What we write is what other programs read: the same instants, through the changes of clocks of any zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from throughline.calendars.domain.writing import Entry, Invited, calendar_of
from throughline.calendars.domain.zones import changes, zone_table

ZONES = [
    "Europe/Berlin",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Cairo",
]
START = datetime(2026, 10, 6, 16, tzinfo=UTC)


def entry(**more: object) -> Entry:
    given: dict[str, object] = {
        "uid": "throughline-1@example.org", "sequence": 3, "stamp": datetime(2026, 10, 1, tzinfo=UTC), "start": START,
        "end": START + timedelta(minutes=50), "zone": "Europe/Berlin", "title": "Mentoring with Mira Lindqvist",
        "join": "https://example.org/meetings/1/", **more,
    }  # fmt: skip
    return Entry(**given)  # type: ignore[arg-type]


def only_event(content: bytes) -> object:
    return Calendar.from_ical(content).walk("VEVENT")[0]


def test_an_event_says_who_when_and_where_to_join_and_nothing_else():
    event = only_event(calendar_of([entry()], words="Join"))
    assert {name: event[name].to_ical().decode() for name in event} == {
        "UID": "throughline-1@example.org", "SEQUENCE": "3", "DTSTAMP": "20261001T000000Z",
        "LAST-MODIFIED": "20261001T000000Z", "DTSTART": "20261006T180000", "DTEND": "20261006T185000",
        "SUMMARY": "Mentoring with Mira Lindqvist", "STATUS": "CONFIRMED", "TRANSP": "OPAQUE", "CLASS": "PRIVATE",
        "LOCATION": "https://example.org/meetings/1/", "URL": "https://example.org/meetings/1/",
        "DESCRIPTION": "Join\\nhttps://example.org/meetings/1/", "CONFERENCE": "https://example.org/meetings/1/",
    }  # fmt: skip
    assert event["DTSTART"].params == {"TZID": "Europe/Berlin"}


def test_names_cannot_write_lines_of_their_own():
    evil = 'X\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:a@b"\n'
    content = calendar_of(
        [entry(title=evil)], method="REQUEST", invited=Invited("o@example.org", evil, "a@example.org", evil)
    )
    parsed = Calendar.from_ical(content)
    assert len(parsed.walk("VEVENT")) == 1
    assert str(only_event(content)["ATTENDEE"]) == "mailto:a@example.org"


@pytest.mark.parametrize("zone", ZONES)
def test_a_zones_table_tells_every_change_of_its_clocks(zone):
    """By a reader of our own: the last observance that began, in the wall clock before it, as RFC 5545 has it."""
    table = zone_table(zone, 2025, 2028)
    begins: list[tuple[datetime, timedelta]] = []
    for part in table.subcomponents:
        dates = [part["DTSTART"].dt, *(d.dt for d in (part["RDATE"].dts if "RDATE" in part else []))]
        begins += [(day.replace(tzinfo=UTC) - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td) for day in dates]
    at = datetime(2025, 2, 1, tzinfo=UTC)
    near = [
        each + shift
        for each in changes(ZoneInfo(zone), date(2025, 2, 1), date(2028, 12, 1))
        for shift in (timedelta(0), timedelta(seconds=-1))
    ]
    for instant in [*near, *(at + timedelta(days=n) for n in range(0, 1300, 9))]:
        said = max((begin, offset) for begin, offset in begins if begin <= instant)[1]
        assert said == instant.astimezone(ZoneInfo(zone)).utcoffset()


@settings(max_examples=15)
@given(st.sampled_from(ZONES), st.integers(0, 23), st.integers(0, 6))
def test_a_rule_gives_the_same_instants_to_others(zone, hour, weekday):
    local = datetime(2026, 9, 7, hour, tzinfo=ZoneInfo(zone)) + timedelta(days=weekday)
    day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][weekday]
    start = local.astimezone(UTC)
    content = calendar_of(
        [entry(start=start, end=start + timedelta(minutes=50), zone=zone, rule=f"FREQ=WEEKLY;BYDAY={day}")]
    )
    found = recurring_ical_events.of(Calendar.from_ical(content)).between(start, start + timedelta(days=200))
    expected = [(local + timedelta(weeks=n)).astimezone(UTC) for n in range(28)]
    assert [event.start.astimezone(UTC) for event in found][:28] == expected
