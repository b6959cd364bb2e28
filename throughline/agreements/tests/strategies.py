"""Whole terms for property tests: every value that the types allow within what people may sign."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.terms import (
    AtEnd,
    Cadence,
    Channels,
    Confidentiality,
    Ending,
    Holiday,
    Mode,
    Notes,
    Objective,
    Objectives,
    Preparation,
    PreparationItem,
    Reconnection,
    Recordings,
    Responses,
    ResponseTime,
    Review,
    Schedule,
    Terms,
    Unit,
    Ways,
    Who,
    WorkingHours,
)

# A whole agreement is large: thirty of them find what a hundred find, in a third of the time.
few = settings(max_examples=30, deadline=None)

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
dates = st.dates(date(2026, 1, 1), date(2030, 12, 31))
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
zones = st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe"])


def several(items: st.SearchStrategy, most: int = 4) -> st.SearchStrategy:
    return st.lists(items, min_size=1, max_size=most).map(tuple)


@st.composite
def _holidays(draw: st.DrawFn) -> Holiday:
    first = draw(dates)
    return Holiday(first, first + timedelta(days=draw(st.integers(0, 60))))


holidays = _holidays()


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    cadence = draw(st.sampled_from(Cadence))
    week = draw(st.sampled_from([1, 2, 3, 4, -1])) if cadence is Cadence.MONTHLY else None
    first = draw(dates)
    last = draw(st.none() | st.dates(first, date(2032, 12, 31)))
    turns = draw(st.just(()) | st.lists(times, min_size=2, max_size=8).map(tuple))
    return Schedule(
        cadence,
        draw(st.integers(0, 6)),
        week,
        turns[0] if turns else draw(times),
        draw(zones),
        draw(st.integers(10, 180)),
        first,
        last,
        draw(st.lists(holidays, max_size=3).map(tuple)),
        turns,
    )


ways = st.builds(Ways, several(st.sampled_from(Channel)), st.sampled_from(Channel))
response_times = st.builds(ResponseTime, st.integers(1, 30), st.sampled_from(Unit))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
working_hours = st.builds(
    WorkingHours,
    weekdays,
    st.builds(time, st.integers(0, 11)),
    st.builds(time, st.integers(12, 23), st.integers(0, 59)),
)
channels = st.sampled_from(Channel)
terms = st.builds(
    Terms,
    st.builds(Objectives, several(st.builds(Objective, words, words))),
    schedules(),
    st.builds(Channels, ways, ways),
    st.builds(Responses, response_times, response_times, working_hours, working_hours),
    st.builds(Preparation, several(st.builds(PreparationItem, words, st.sampled_from(Who), st.integers(1, 336)))),
    st.builds(
        Confidentiality,
        st.sampled_from(Mode),
        words,
        words,
        words,
        st.sampled_from(Notes),
        st.sampled_from(Recordings),
        st.sampled_from(AtEnd),
    ),
    st.builds(Review, dates, st.integers(7, 180)),
    st.builds(Reconnection, st.integers(3, 90), st.sampled_from(Who), channels, channels, words),
    st.builds(Ending, st.integers(0, 90), st.booleans(), words),
)
