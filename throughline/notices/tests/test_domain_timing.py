"""The right time is never before now, never quiet, on a day that suits; and it is still right then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.accounts.domain.availability import Absence, Availability, QuietHours
from throughline.notices.domain.timing import Terms, right_time
from throughline.notices.domain.topics import Rhythm

BERLIN = Availability("Europe/Berlin", quiet_hours=QuietHours(time(22), time(7)))
TUESDAY = datetime(2026, 11, 24, 12, 20, tzinfo=UTC)  # 13:20 in Berlin


@pytest.mark.parametrize(
    ("at", "terms", "expected"),
    [
        (TUESDAY, Terms(), "24 13:20"),
        (TUESDAY, Terms(Rhythm.HOURLY), "24 14:00"),
        (TUESDAY, Terms(Rhythm.MORNING), "25 09:00"),
        (TUESDAY.replace(hour=21, minute=30), Terms(), "25 07:00"),
        (TUESDAY.replace(day=27, hour=21, minute=30), Terms(working_days_only=True), "30 07:00"),
        (TUESDAY.replace(day=28), Terms(), "28 13:20"),
        (TUESDAY, Terms(undisturbed_until=TUESDAY + timedelta(hours=4)), "24 17:20"),
    ],
)
def test_examples_in_berlin(at, terms, expected):
    assert f"{right_time(at, BERLIN, terms).astimezone(ZoneInfo('Europe/Berlin')):%d %H:%M}" == expected


def test_what_is_urgent_waits_for_asked_for_peace_alone():
    night = TUESDAY.replace(hour=23)
    assert right_time(night, BERLIN, Terms(Rhythm.MORNING, working_days_only=True), urgent=True) == night
    until = night + timedelta(hours=1)
    assert right_time(night, BERLIN, Terms(undisturbed_until=until), urgent=True) == until


def test_days_away_are_no_working_days():
    away = Availability("Europe/Berlin", absences=(Absence(date(2026, 11, 24), date(2026, 12, 4)),))
    found = right_time(TUESDAY, away, Terms(working_days_only=True))
    assert found.astimezone(ZoneInfo("Europe/Berlin")).date() == date(2026, 12, 7)


def test_whoever_never_works_is_reached_all_the_same():
    never = Availability("UTC", working_days=frozenset())
    assert right_time(TUESDAY, never, Terms(working_days_only=True)) == TUESDAY


CLOCKS = st.times().map(lambda value: value.replace(second=0, microsecond=0))
TERMS = st.builds(Terms, st.sampled_from(Rhythm), st.booleans(), st.none())
ZONES = st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Chatham", "UTC"])
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(INSTANTS, ZONES, CLOCKS, CLOCKS, TERMS)
def test_never_early_never_quiet_and_still_right_then(at, zone, starts, ends, terms):
    person = Availability(zone, quiet_hours=QuietHours(starts, ends))
    found = right_time(at, person, terms)
    assert found >= at
    assert not person.is_quiet(found)
    assert right_time(found, person, replace(terms, rhythm=Rhythm.AT_ONCE)) == found
    assert found - at <= timedelta(days=5)
    if terms.working_days_only:
        assert person.works(found.astimezone(ZoneInfo(zone)).date())


@pytest.mark.deep
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Pacific/Chatham"])
@pytest.mark.parametrize("rhythm", Rhythm)
def test_every_hour_of_a_year(zone, rhythm):
    person = Availability(zone, quiet_hours=QuietHours(time(22), time(7)))
    terms = Terms(rhythm, working_days_only=True)
    at, before = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    for _hour in range(366 * 24):
        found = right_time(at, person, terms)
        assert before <= found
        assert found >= at
        assert not person.is_quiet(found)
        assert found - at <= timedelta(days=4)
        before, at = found, at + timedelta(hours=1)
