"""How a commitment was kept, without a database."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from throughline.commitments.domain.ends import End, Kept, kept

days = st.dates(date(2026, 1, 1), date(2027, 1, 1))


@given(first=days, moved=st.integers(0, 60), ended=days)
def test_moving_a_day_never_makes_a_late_one_timely(first: date, moved: int, ended: date) -> None:
    how = kept(first_due=first, due=first + timedelta(days=moved), today=ended, end=End.DONE, ended_on=ended)
    assert how is (Kept.ON_TIME if ended <= first else Kept.LATE)


@given(first=days, today=days)
def test_what_is_open_is_overdue_from_the_day_after(first: date, today: date) -> None:
    how = kept(first_due=first, due=first, today=today, end=None, ended_on=None)
    assert how is (Kept.OVERDUE if today > first else Kept.OPEN)


@given(first=days, today=days)
def test_what_was_dropped_is_neither_late_nor_timely(first: date, today: date) -> None:
    assert kept(first_due=first, due=first, today=today, end=End.DROPPED, ended_on=today) is Kept.DROPPED
