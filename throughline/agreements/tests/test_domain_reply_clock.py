"""By when an answer is due: worked examples, and what holds for every instant, zone and working week."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.accounts.domain.availability import Absence, Availability, Window
from throughline.agreements.domain.faults.waiting import longest_wait_days, minutes_a_day
from throughline.agreements.domain.reply_clock import answer_by
from throughline.agreements.domain.terms import USUAL_HOURS, Holiday, ResponseTime, Unit, WorkingHours
from throughline.agreements.tests.strategies import few, response_times, working_hours, zones

BERLIN = Availability("Europe/Berlin")


def berlin(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("asked", "amount", "unit", "due"),
    [
        (berlin(2026, 11, 24, 15), 2, Unit.DAYS, berlin(2026, 11, 26, 15)),  # Tuesday to Thursday
        (berlin(2026, 11, 26, 15), 2, Unit.DAYS, berlin(2026, 11, 30, 15)),  # over the weekend
        (berlin(2026, 11, 28, 11), 1, Unit.DAYS, berlin(2026, 11, 30, 17)),  # Saturday counts from Monday 9:00
        (berlin(2026, 11, 24, 7), 3, Unit.HOURS, berlin(2026, 11, 24, 12)),
        (berlin(2026, 11, 24, 16), 3, Unit.HOURS, berlin(2026, 11, 25, 11)),
        (berlin(2026, 11, 27, 17), 1, Unit.HOURS, berlin(2026, 11, 30, 10)),  # the moment the week is over
        (berlin(2026, 10, 23, 16), 2, Unit.HOURS, berlin(2026, 10, 26, 10)),  # clocks go back in between
    ],
)
def test_in_berlin_from_nine_to_five(asked, amount, unit, due):
    assert answer_by(asked, ResponseTime(amount, unit), USUAL_HOURS, BERLIN) == due


def test_days_away_and_holidays_do_not_count():
    away = Availability("Europe/Berlin", absences=(Absence(date(2026, 11, 25), date(2026, 11, 27)),))
    asked, day = berlin(2026, 11, 24, 15), ResponseTime(1, Unit.DAYS)
    assert answer_by(asked, day, USUAL_HOURS, away) == berlin(2026, 11, 30, 15)
    holiday = (Holiday(date(2026, 11, 30), date(2026, 11, 30)),)
    assert answer_by(asked, day, USUAL_HOURS, away, holiday) == berlin(2026, 12, 1, 15)


def test_without_signed_hours_the_answerers_own_working_days_count():
    own = Availability("Europe/Berlin", working_days=frozenset({5}))
    assert answer_by(berlin(2026, 11, 24, 15), ResponseTime(1, Unit.HOURS), None, own) == berlin(2026, 11, 28, 10)


def test_somebody_who_is_away_for_years_has_no_time():
    gone = Availability("UTC", absences=(Absence(date(2026, 1, 1), date(2030, 1, 1)),))
    assert answer_by(berlin(2026, 11, 24, 15), ResponseTime(1, Unit.HOURS), USUAL_HOURS, gone) is None


instants = st.integers(0, 2 * 365 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


@few
@given(instants, response_times, working_hours, zones)
def test_between_asking_and_due_lies_exactly_the_promised_working_time(asked, answer, hours, zone):
    said = Availability(zone)
    due = answer_by(asked, answer, hours, said)
    local = due.astimezone(ZoneInfo(zone))
    assert local.weekday() in hours.days
    assert hours.starts < local.time() <= hours.ends
    windows = Availability(zone, tuple(Window(day, hours.starts, hours.ends) for day in hours.days))
    outside = timedelta(minutes=windows.minutes_outside(asked, due))
    promised = timedelta(minutes=answer.amount * (60 if answer.unit is Unit.HOURS else minutes_a_day(hours)))
    assert timedelta(0) <= (due - asked) - outside - promised < timedelta(minutes=1)


@few
@given(instants, instants, response_times, working_hours, zones)
def test_who_is_asked_later_answers_no_sooner(one, other, answer, hours, zone):
    said = Availability(zone)
    first, second = sorted((one, other))
    assert answer_by(first, answer, hours, said) <= answer_by(second, answer, hours, said)


@few
@given(instants, response_times, working_hours)
def test_no_answer_takes_longer_than_people_are_told_when_they_agree(asked, answer, hours):
    due = answer_by(asked, answer, hours, Availability("UTC"))
    assert (due.date() - asked.date()).days <= longest_wait_days(answer, hours)


def test_the_longest_waits_that_people_are_told():
    five, two = USUAL_HOURS, WorkingHours((0, 3), time(9), time(17))
    told = [
        longest_wait_days(ResponseTime(*each), hours)
        for hours in (five, two)
        for each in ((1, Unit.DAYS), (8, Unit.HOURS), (2, Unit.DAYS), (9, Unit.HOURS))
    ]
    assert told == [3, 3, 4, 4, 4, 4, 7, 7]


@pytest.mark.deep
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe"])
def test_every_hour_of_a_year(zone):
    """Two working days from each hour, against a clock that walks minute by minute through the year."""
    said = Availability(zone, absences=(Absence(date(2026, 8, 3), date(2026, 8, 14)),))
    holidays = (Holiday(date(2026, 12, 25), date(2026, 12, 26)), Holiday(date(2026, 10, 30), date(2026, 11, 2)))
    walked = [at for at in _minutes() if _works(at.astimezone(ZoneInfo(zone)), said, holidays)]
    promised, answer = 2 * minutes_a_day(USUAL_HOURS), ResponseTime(2, Unit.DAYS)
    for hour in range(365 * 24):
        asked = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        last = walked[bisect_left(walked, asked) + promised - 1]
        assert answer_by(asked, answer, USUAL_HOURS, said, holidays) == last + timedelta(minutes=1), asked


def _minutes() -> Iterator[datetime]:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return (start + timedelta(minutes=minute) for minute in range(395 * 24 * 60))


def _works(local: datetime, said: Availability, holidays: tuple[Holiday, ...]) -> bool:
    on = local.date()
    free = not any(one.first <= on <= one.last for one in (*said.absences, *holidays))
    return free and on.weekday() in USUAL_HOURS.days and USUAL_HOURS.starts <= local.time() < USUAL_HOURS.ends
