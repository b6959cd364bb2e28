"""Waiting times and grids: plain arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from throughline.foundation.jobs.timing import LONGEST_DELAY, delay_after, next_due

INSTANTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
INTERVALS = st.timedeltas(timedelta(seconds=1), timedelta(days=30))


def test_the_first_waits():
    assert [delay_after(attempt).total_seconds() for attempt in range(1, 8)] == [2, 8, 32, 128, 512, 2048, 3600]


@given(st.integers(1, 10_000))
def test_waiting_never_shrinks_and_never_exceeds_the_longest(attempt):
    assert delay_after(attempt) <= delay_after(attempt + 1) <= LONGEST_DELAY


@given(INSTANTS, INTERVALS, st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_the_next_run_is_the_first_on_the_grid_after_now(due, every, late):
    following = next_due(due, every, due + late)
    assert due + late < following <= due + late + every
    assert (following - due) % every == timedelta(0)
