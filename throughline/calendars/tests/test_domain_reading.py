"""Calendars as they come: broken ones cost what is broken, endless ones end, and nothing but times is kept."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from throughline.calendars.domain.reading import NoCalendarError, Reading, read
from throughline.calendars.reading_apart import UnreadableError, read_apart

BEGIN, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC)
REAL = Path("/work/shared/data/calendars")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def calendar(*events: str, head: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", head]
    for number, event in enumerate(events):
        own = [] if "UID:" in event else [f"UID:{number}"]
        lines += ["BEGIN:VEVENT", *own, *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*filter(None, lines), "END:VCALENDAR", ""]).encode()


def busy(*events: str, head: str = "", zone: str = "Europe/Berlin") -> Reading:
    return read(calendar(*events, head=head), BEGIN, END, zone)


MORNING = (at("2026-12-01 08:00"), at("2026-12-01 09:00"))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20261201T080000Z|DTEND:20261201T090000Z", [MORNING]),
        ("DTSTART:20261201T080000Z|DURATION:PT1H", [MORNING]),
        ("DTSTART;TZID=Europe/Berlin:20261201T090000|DTEND;TZID=Europe/Berlin:20261201T100000", [MORNING]),
        ("DTSTART:20261201T090000|DTEND:20261201T100000", [MORNING]),  # floating: on the person's clock
        ("DTSTART;VALUE=DATE:20261201", [(at("2026-11-30 23:00"), at("2026-12-01 23:00"))]),
        ("DTSTART:20261201T080000Z|DTEND:20261201T090000Z|TRANSP:TRANSPARENT", []),
        ("DTSTART:20261201T080000Z|DTEND:20261201T090000Z|STATUS:CANCELLED", []),
        ("DTSTART:20261201T080000Z|DTEND:20261201T090000Z|X-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        ("DTSTART:20261201T080000Z", []),  # no length
        ("UID:throughline-5@example.org|DTSTART:20261201T080000Z|DTEND:20261201T090000Z", []),  # our own
    ],
)  # fmt: skip
def test_when_somebody_is_busy(event, expected):
    assert busy(event) == Reading(tuple(expected), {}, 1)


def test_a_rule_with_an_exception_and_a_cancelled_one():
    found = busy(
        "UID:a|DTSTART:20261201T080000Z|DTEND:20261201T090000Z|RRULE:FREQ=WEEKLY;COUNT=3",
        "UID:a|RECURRENCE-ID:20261208T080000Z|DTSTART:20261209T100000Z|DTEND:20261209T110000Z",
        "UID:a|RECURRENCE-ID:20261215T080000Z|DTSTART:20261215T080000Z|DTEND:20261215T090000Z|STATUS:CANCELLED",
    )
    assert found.busy == (MORNING, (at("2026-12-09 10:00"), at("2026-12-09 11:00")))


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART:20261201T080000Z|DTEND:20261201T070000Z", "backwards"),
        ("DTSTART:tomorrow|DTEND:20261201T070000Z", "broken"),
        ("DTSTART:20261201T080000Z|DTEND:20261201T090000Z|RRULE:FREQ=SOMETIMES", "broken"),
        ("SUMMARY:no time at all", "broken"),
        ("DTSTART:20261201T080000Z|DTEND:20261201T090000Z|RRULE:FREQ=SECONDLY", "often"),
        ("DTSTART:20261201T080000Z|DTEND:20261201T090000Z|RRULE:FREQ=DAILY;INTERVAL=0", "often"),
    ],
)
def test_what_is_broken_is_left_out_and_counted_and_the_rest_stays(event, why):
    assert busy(event, "DTSTART:20261201T080000Z|DTEND:20261201T090000Z") == Reading((MORNING,), {why: 1}, 2)


def test_a_zone_that_nobody_knows_is_read_as_the_persons_own_and_said():
    event = "DTSTART;TZID=Middle/Earth:20261201T090000|DTEND;TZID=Middle/Earth:20261201T100000"
    assert busy(event) == Reading((MORNING,), {"zone": 1}, 1)


def test_letters_in_no_encoding_and_a_torn_entry():
    content = calendar("DTSTART:20261201T080000Z|DTEND:20261201T090000Z|SUMMARY:x").replace(b"x", b"\xff\xfe\xe4")
    assert read(content, BEGIN, END, "UTC") == Reading((MORNING,), {"letters": 1}, 1)
    torn = content[: content.rindex(b"END:VEVENT")]
    assert read(torn, BEGIN, END, "UTC") == Reading((), {"letters": 1, "broken": 1}, 0)


def test_free_busy_alone_is_enough():
    content = b"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY:20261201T080000Z/PT1H,x\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    assert read(content, BEGIN, END, "UTC") == Reading((MORNING,), {"broken": 1}, 0)


def zipped() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        file.writestr("a.ics", calendar("DTSTART:20261201T080000Z"))
    return kept.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 5000, b"<html>Sign in</html>", zipped(), b"BEGIN:VEVENT\nEND:VEVENT"]
)
def test_what_is_no_calendar_is_said_to_be_none(content):
    with pytest.raises(NoCalendarError):
        read(content, BEGIN, END, "UTC")


def test_a_rule_that_is_never_done_costs_itself_alone():
    never = "DTSTART:19000101T080000Z|DTEND:19000101T090000Z|RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"
    content = calendar(never, "DTSTART:20261201T080000Z|DTEND:20261201T090000Z")
    assert read_apart(content, BEGIN, END, "UTC") == Reading((MORNING,), {"slow": 1}, 2)


def test_what_is_read_apart_is_what_is_read_here():
    content = calendar("DTSTART;TZID=Europe/Berlin:20261201T090000|DURATION:PT1H|RRULE:FREQ=WEEKLY", "DTSTART:never")
    assert read_apart(content, BEGIN, END, "UTC") == read(content, BEGIN, END, "UTC")
    with pytest.raises(NoCalendarError):
        read_apart(b"nothing", BEGIN, END, "UTC")


@pytest.mark.deep
def test_a_calendar_of_a_million_entries_is_read_in_part_or_refused():
    many = calendar(*["DTSTART:20261201T080000Z|DTEND:20261201T090000Z"] * 60_000)
    with suppress(UnreadableError):
        assert read_apart(many, BEGIN, END, "UTC") == Reading((MORNING,), {"many": 40_000}, 60_000)


LINES = st.sampled_from(
    ["DTSTART:20261201T080000Z", "DTEND:20261201T090000Z", "DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=DAILY;COUNT=5",
     "RRULE:FREQ=", "EXDATE:x", "RDATE;VALUE=PERIOD:20261201T080000Z/PT1H", "BEGIN:VEVENT", "END:VEVENT", "UID:a",
     "BEGIN:VCALENDAR", "END:VCALENDAR", "RECURRENCE-ID:20261201T080000Z", "DURATION:-PT1H", "BEGIN:VALARM", " folded",
     "END:VALARM", "TRANSP", ":", "X-WR-TIMEZONE:../../etc/passwd", "BEGIN:VTIMEZONE", "TZID:x", "END:VTIMEZONE"]
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(LINES | st.text(max_size=20), max_size=30))
def test_nothing_that_comes_makes_it_fail(lines):
    content = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines]).encode("utf-8", "replace")
    found = read(content, BEGIN, END, "Europe/Berlin")
    assert all(BEGIN <= start < end <= END for start, end in found.busy)


@pytest.mark.skipif(not REAL.is_dir(), reason="real calendars are not here")
@pytest.mark.parametrize("name", sorted(path.name for path in REAL.glob("*.ics")) if REAL.is_dir() else [])
def test_real_calendars_are_read_as_the_library_reads_them_or_say_what_is_left_out(name):
    """Over twenty years, so that each has something to say."""
    content = (REAL / name).read_bytes()
    begin, end = datetime(2005, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    found = read(content, begin, end, "UTC")
    try:
        events = recurring_ical_events.of(Calendar.from_ical(content)).between(begin, end)
    except Exception:
        assert found.left_out
        return
    if found.left_out:
        return
    for event in events:
        aware = isinstance(event.start, datetime) and event.start.tzinfo is not None
        shown = str(event.get("STATUS")) != "CANCELLED" and str(event.get("TRANSP")) != "TRANSPARENT"
        if aware and shown and begin <= event.start and event.start + timedelta(0) < event.end:
            middle = event.start + (event.end - event.start) / 2
            assert any(start <= middle <= stop for start, stop in found.busy), event.start
