from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from throughline.agreements.domain.terms import Cadence
from throughline.demo.domain import cast
from throughline.demo.domain.conversation import Exchange, Said
from throughline.demo.domain.story import Rhythm
from throughline.demo.domain.times import home_of, lines_of, schedule_of
from throughline.meetings.domain.series import occurrences

INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from([zone for one in cast.EVERYBODY for zone in one.zones])


@given(INSTANTS, ZONES, st.sampled_from([Cadence.WEEKLY, Cadence.FORTNIGHTLY]), st.integers(5, 100))
def test_the_next_meeting_is_when_the_story_needs_it(now, zone, cadence, days):
    begins = (now - timedelta(days=days)).date()
    schedule = schedule_of(Rhythm(cadence, 50, hours_ahead=0.1), zone, "UTC", now=now, begins=begins)
    ahead = next(occurrences(schedule, now)) - now
    assert ahead <= timedelta(minutes=12) or _clocks_change(now, zone)
    assert schedule.first >= begins or schedule.first == (now + timedelta(hours=0.1)).astimezone(ZoneInfo(zone)).date()


def _clocks_change(now, zone):
    """Where an hour comes twice or never, the meeting may be that hour away."""
    offsets = {(now + timedelta(hours=h)).astimezone(ZoneInfo(zone)).utcoffset() for h in (-2, 0, 2)}
    return len(offsets) > 1


@given(INSTANTS, ZONES)
def test_pairs_meet_while_the_mentor_is_awake(now, zone):
    home = home_of(cast.MENTOR, now)
    rhythm = Rhythm(Cadence.WEEKLY, 50, days_ahead=3, at=(9, 0))
    schedule = schedule_of(rhythm, home, zone, now=now, begins=now.date())
    assert 6 <= schedule.time.hour <= 22


@given(INSTANTS)
def test_the_mentor_works_by_day_whenever_one_looks(now):
    here = now.astimezone(ZoneInfo(home_of(cast.MENTOR, now)))
    assert 7 <= here.hour < 22


@given(INSTANTS, ZONES, ZONES, st.floats(0.01, 80), st.integers(0, 99))
def test_lines_follow_each_other_and_never_come_from_the_future(now, one, other, days, seed):
    said = [Said(number % 2 == 0, False, str(number)) for number in range(4)]
    lines = [*lines_of(Exchange(days, tuple(said)), (one, other), now, Random(seed))]
    assert [line.said for line in lines] == said
    assert all(earlier.at <= later.at for earlier, later in zip(lines, islice(lines, 1, None), strict=False))
    assert lines[-1].at < now
