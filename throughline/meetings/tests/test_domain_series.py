"""Occurrences of a schedule: exact through clock changes, in any zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.agreements.domain.terms import Cadence, Schedule, dates
from throughline.meetings.domain.series import CannotPlanError, instant, occurrences, same_from

TUESDAYS = Schedule(Cadence.WEEKLY, 1, None, time(18), "Europe/Berlin", 50, date(2026, 10, 1), None)
OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)


def changed(schedule: Schedule = TUESDAYS, **values) -> Schedule:
    return Schedule(**{**schedule.__dict__, **values})


def some(schedule: Schedule, count: int, after: datetime = OCTOBER) -> list[datetime]:
    return list(islice(occurrences(schedule, after), count))


def test_weekly_stays_at_its_local_time_when_berlin_leaves_summer_time():
    assert some(TUESDAYS, 5) == [
        datetime(2026, 10, 6, 16, tzinfo=UTC),
        datetime(2026, 10, 13, 16, tzinfo=UTC),
        datetime(2026, 10, 20, 16, tzinfo=UTC),
        datetime(2026, 10, 27, 17, tzinfo=UTC),
        datetime(2026, 11, 3, 17, tzinfo=UTC),
    ]


def test_for_one_week_los_angeles_meets_an_hour_later_than_usual():
    """Berlin changes on 25 October, Los Angeles on 1 November."""
    away = ZoneInfo("America/Los_Angeles")
    assert [start.astimezone(away).strftime("%d.%m. %H:%M") for start in some(TUESDAYS, 5)] == [
        "06.10. 09:00",
        "13.10. 09:00",
        "20.10. 09:00",
        "27.10. 10:00",
        "03.11. 09:00",
    ]


def test_fortnightly_counts_from_the_first_meeting():
    fortnightly = changed(cadence=Cadence.FORTNIGHTLY)
    assert list(islice(dates(fortnightly), 3)) == [date(2026, 10, 6), date(2026, 10, 20), date(2026, 11, 3)]


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        (1, [date(2026, 10, 6), date(2026, 11, 3), date(2026, 12, 1)]),
        (4, [date(2026, 10, 27), date(2026, 11, 24), date(2026, 12, 22)]),
        (-1, [date(2026, 10, 27), date(2026, 11, 24), date(2026, 12, 29)]),
    ],
)
def test_monthly_by_weekday(week, expected):
    assert list(islice(dates(changed(cadence=Cadence.MONTHLY, week_of_month=week)), 3)) == expected


def test_a_time_that_the_clock_skips_moves_forward():
    nightly = changed(weekday=6, time=time(2, 30), first=date(2026, 3, 29))
    start = some(nightly, 1, datetime(2026, 3, 1, tzinfo=UTC))[0]
    assert start.astimezone(ZoneInfo("Europe/Berlin")).strftime("%d.%m. %H:%M") == "29.03. 03:30"


def test_a_time_that_comes_twice_is_the_first():
    nightly = changed(weekday=6, time=time(2, 30), first=date(2026, 10, 25))
    assert some(nightly, 1) == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_the_last_date_counts_in():
    assert len(some(changed(last=date(2026, 10, 20)), 99)) == 3


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"last": date(2026, 9, 30)}, "The series ends before it starts."),
        ({"zone": "Europe/Atlantis"}, "There is no time zone called 'Europe/Atlantis'."),
        ({"zone": "../../etc/passwd"}, "There is no time zone called '../../etc/passwd'."),
        ({"minutes": 0}, "A meeting must last at least a minute."),
        ({"weekday": 7}, r"A weekday is 0 \(Monday\) to 6 \(Sunday\)."),
        (
            {"cadence": Cadence.MONTHLY, "week_of_month": 5},
            "A monthly meeting is on the first to fourth, or the last, such weekday.",
        ),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_sentence(values, sentence):
    with pytest.raises(CannotPlanError, match=f"^{sentence}$"):
        some(changed(**values), 1)


def test_the_same_schedule_signed_again_is_the_same_from_here_on():
    now = datetime(2026, 12, 1, tzinfo=UTC)
    assert same_from(TUESDAYS, changed(first=date(2026, 11, 10)), now)
    assert not same_from(TUESDAYS, changed(first=date(2027, 1, 10)), now)
    assert not same_from(TUESDAYS, changed(minutes=25), now)
    assert not same_from(TUESDAYS, changed(time=time(17)), now)
    fortnights = changed(cadence=Cadence.FORTNIGHTLY)
    assert same_from(fortnights, changed(fortnights, first=date(2026, 10, 20)), now)
    assert not same_from(fortnights, changed(fortnights, first=date(2026, 10, 13)), now)


schedules = st.builds(
    Schedule,
    cadence=st.sampled_from(list(Cadence)),
    weekday=st.integers(0, 6),
    week_of_month=st.sampled_from([1, 2, 3, 4, -1]),
    time=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from(sorted(available_timezones() - {"localtime"})),
    minutes=st.integers(5, 240),
    first=st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    last=st.none(),
)
instants = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(schedules)
def test_the_local_time_is_as_agreed_and_later_only_where_no_clock_ever_shows_it(schedule):
    zone = ZoneInfo(schedule.zone)
    for day in islice(dates(schedule), 40):
        agreed = datetime.combine(day, schedule.time)
        local = instant(day, schedule).astimezone(zone).replace(tzinfo=None)
        shown = {agreed.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone) for fold in (0, 1)}
        if agreed in {clock.replace(tzinfo=None) for clock in shown}:
            assert local == agreed
        else:
            assert local > agreed


@given(schedules)
def test_of_a_time_that_comes_twice_it_is_the_first(schedule):
    zone = ZoneInfo(schedule.zone)
    for day in islice(dates(schedule), 40):
        start = instant(day, schedule)
        local = start.astimezone(zone).replace(tzinfo=None)
        assert all(
            (start - timedelta(minutes=earlier)).astimezone(zone).replace(tzinfo=None) != local
            for earlier in (30, 60, 120)
        )


@given(schedules, instants)
def test_occurrences_rise_and_come_after(schedule, after):
    starts = some(schedule, 20, after)
    assert starts == sorted(set(starts))
    assert len(starts) == 20
    assert starts[0] > after


@given(schedules, instants, st.integers(1, 10))
def test_starting_later_skips_and_changes_nothing(schedule, after, skip):
    starts = some(schedule, 15, after)
    assert some(schedule, 15 - skip, starts[skip - 1]) == starts[skip:]


@given(schedules, instants)
def test_the_gaps_are_those_of_the_cadence(schedule, after):
    zone = ZoneInfo(schedule.zone)
    days = [start.astimezone(zone).date() for start in some(schedule, 8, after)]
    gaps = {(later - earlier) / timedelta(days=1) for earlier, later in pairwise(days)}
    allowed = {Cadence.WEEKLY: {7}, Cadence.FORTNIGHTLY: {14}, Cadence.MONTHLY: {28, 35}}[schedule.cadence]
    # A whole day that a zone skipped (Samoa did) moves one meeting by a day.
    assert all(any(abs(gap - right) <= 1 for right in allowed) for gap in gaps)
