"""Windows belong to wall-clock time, through every change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.accounts.domain.availability import (
    Absence,
    Availability,
    QuietHours,
    Span,
    Window,
    WindowError,
    distinct,
)

ZONES = ("Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe", "Africa/Cairo", "America/Asuncion", "UTC")
# Days on which clocks change in one of them, and plain ones.
DAYS = st.sampled_from(
    [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5), date(2026, 10, 4)]
) | st.dates(date(2020, 1, 1), date(2030, 12, 31))
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@st.composite
def windows(draw: st.DrawFn, weekday: int) -> tuple[Window, ...]:
    marks = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(Window(weekday, time(a // 60, a % 60), time(b // 60 % 24, b % 60)) for a, b in pairs)


@given(st.data(), DAYS, st.sampled_from(ZONES))
def test_an_instant_is_free_when_the_clock_shows_a_window(data, on, zone):
    stated = data.draw(windows(on.weekday()))
    spans = Availability(zone, stated).instants_free(on)
    assert list(spans) == sorted(spans, key=lambda span: span.start)
    first = datetime.combine(on, time(0), UTC) - timedelta(hours=15)
    for step in range(0, 54 * 60, 7):
        instant = first + timedelta(minutes=step)
        local = instant.astimezone(ZoneInfo(zone))
        expected = local.date() == on and any(window.shows(local.time()) for window in stated)
        assert any(span.start <= instant < span.end for span in spans) == expected, (instant, local)


@given(st.data(), DAYS, st.sampled_from(ZONES), st.integers(0, 1500), st.integers(0, 600))
def test_inside_and_outside_add_up(data, on, zone, begin, length):
    stated = data.draw(windows(on.weekday()))
    availability = Availability(zone, stated)
    start = datetime.combine(on, time(0), UTC) + timedelta(minutes=begin)
    instants = [start + timedelta(minutes=step) for step in range(length)]
    outside = sum(
        not any(
            window.weekday == local.weekday() and window.shows(local.time())
            for window in stated
            for local in [instant.astimezone(ZoneInfo(zone))]
        )
        for instant in instants
    )
    assert availability.minutes_outside(start, start + timedelta(minutes=length)) == (outside if stated else 0)


def test_the_hour_that_is_skipped_and_the_one_that_repeats():
    sunday = (Window(6, time(1), time(4)),)
    berlin = Availability("Europe/Berlin", sunday)
    assert berlin.instants_free(date(2026, 3, 29)) == (Span(at("2026-03-29T00:00"), at("2026-03-29T02:00")),)
    assert berlin.instants_free(date(2026, 10, 25)) == (Span(at("2026-10-24T23:00"), at("2026-10-25T03:00")),)
    half = Availability("Europe/Berlin", (Window(6, time(2), time(2, 30)),))
    assert half.instants_free(date(2026, 3, 29)) == ()
    assert half.instants_free(date(2026, 10, 25)) == (
        Span(at("2026-10-25T00:00"), at("2026-10-25T00:30")),
        Span(at("2026-10-25T01:00"), at("2026-10-25T01:30")),
    )


def test_away_is_never_free():
    availability = Availability(
        "Europe/Berlin", (Window(0, time(9), time(0)),), absences=(Absence(date(2026, 11, 23), date(2026, 11, 29)),)
    )
    assert availability.instants_free(date(2026, 11, 23)) == ()
    assert availability.instants_free(date(2026, 11, 30)) == (Span(at("2026-11-30T08:00"), at("2026-11-30T23:00")),)
    assert [availability.works(date(2026, 11, day)) for day in (20, 21, 23, 30)] == [True, False, False, True]


@pytest.mark.parametrize(
    ("starts", "ends", "what"),
    [(time(9), time(9), "empty"), (time(10), time(9), "backwards"), (time(0), time(0), "empty")],
)
def test_a_window_that_cannot_be(starts, ends, what):
    with pytest.raises(WindowError, match=what):
        Window(0, starts, ends)


def test_windows_that_share_a_minute():
    early, late = Window(0, time(9), time(11)), Window(0, time(10, 59), time(0))
    with pytest.raises(WindowError, match="overlap"):
        distinct([late, early])
    touching = Window(0, time(11), time(12))
    assert distinct([touching, early]) == (early, touching)


@given(TIMES, TIMES, DAYS, st.integers(0, 1439), st.sampled_from(ZONES))
def test_waking_is_never_quiet_and_never_early(starts, ends, on, minute, zone):
    availability = Availability(zone, quiet_hours=QuietHours(starts, ends))
    instant = datetime.combine(on, time(0), UTC) + timedelta(minutes=minute)
    awake = availability.awake_at(instant)
    assert awake >= instant
    assert awake - instant <= timedelta(hours=25)
    assert (awake == instant) == (not availability.is_quiet(instant))


def test_quiet_hours_pass_midnight():
    availability = Availability("Europe/Berlin", quiet_hours=QuietHours(time(22), time(7)))
    assert availability.awake_at(at("2026-11-22T21:30")) == at("2026-11-23T06:00")
    assert availability.awake_at(at("2026-11-23T05:59")) == at("2026-11-23T06:00")
    assert availability.awake_at(at("2026-11-23T06:00")) == at("2026-11-23T06:00")
