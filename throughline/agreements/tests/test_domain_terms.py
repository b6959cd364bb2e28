"""When a schedule's first meeting is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import islice

import pytest
from hypothesis import given

from throughline.agreements.domain.terms import (
    Cadence,
    Review,
    Schedule,
    date_in_month,
    dates,
    fitting,
    usual_review,
)
from throughline.agreements.tests.strategies import few, schedules


def schedule(cadence: Cadence, weekday: int, week: int | None, first: date) -> Schedule:
    return Schedule(cadence, weekday, week, time(18), "Europe/Berlin", 50, first, None)


@given(schedules())
def test_the_first_date_that_fits_is_soon_and_the_first_meeting_is_in_no_holiday(value):
    found = value.anchor()
    assert found.weekday() == value.weekday
    longest = 63 if value.cadence is Cadence.MONTHLY else 6
    assert timedelta(0) <= found - value.first <= timedelta(days=longest)
    meets = value.first_meeting()
    assert meets >= found
    assert meets == found or not value.rests(meets)


@few
@given(schedules())
def test_holidays_take_meetings_away_and_move_none(value):
    """The dates with holidays are those without, less the ones that rest: a fortnight stays in step."""
    whole = list(islice(fitting(value), 60))
    left = [day for day in whole if not value.rests(day)]
    assert list(islice(dates(value), len(left))) == left
    assert left == [day for day in islice(dates(replace(value, holidays=())), 60) if not value.rests(day)]


@pytest.mark.parametrize(
    ("cadence", "weekday", "week", "first", "expected"),
    [
        (Cadence.WEEKLY, 1, None, date(2026, 11, 3), date(2026, 11, 3)),
        (Cadence.FORTNIGHTLY, 1, None, date(2026, 11, 4), date(2026, 11, 10)),
        (Cadence.MONTHLY, 1, 1, date(2026, 11, 4), date(2026, 12, 1)),
        (Cadence.MONTHLY, 3, -1, date(2026, 12, 1), date(2026, 12, 31)),
        (Cadence.MONTHLY, 0, 1, date(2026, 12, 8), date(2027, 1, 4)),
    ],
)
def test_first_meetings_of_november(cadence, weekday, week, first, expected):
    assert schedule(cadence, weekday, week, first).first_meeting() == expected


def test_the_last_friday_of_december_needs_no_next_year():
    assert date_in_month(2026, 12, 4, -1) == date(2026, 12, 25)


def test_the_usual_review_is_thirty_days_after_the_first_meeting():
    assert usual_review(schedule(Cadence.WEEKLY, 1, None, date(2026, 11, 2))) == Review(date(2026, 12, 3), 180)
