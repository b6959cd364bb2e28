"""Whole terms for property tests: every value that the types allow within what people may sign."""

from __future__ import annotations

from datetime import date, time

from hypothesis import settings
from hypothesis import strategies as st

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.terms import (
    Cadence,
    Channels,
    Confidentiality,
    Mode,
    Objective,
    Objectives,
    Preparation,
    PreparationItem,
    Responses,
    ResponseTime,
    Review,
    Schedule,
    Terms,
    Unit,
    Ways,
    Who,
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
def schedules(draw: st.DrawFn) -> Schedule:
    cadence = draw(st.sampled_from(Cadence))
    week = draw(st.sampled_from([1, 2, 3, 4, -1])) if cadence is Cadence.MONTHLY else None
    first = draw(dates)
    last = draw(st.none() | st.dates(first, date(2032, 12, 31)))
    return Schedule(
        cadence, draw(st.integers(0, 6)), week, draw(times), draw(zones), draw(st.integers(10, 180)), first, last
    )


ways = st.builds(Ways, several(st.sampled_from(Channel)), st.sampled_from(Channel))
response_times = st.builds(ResponseTime, st.integers(1, 30), st.sampled_from(Unit))
terms = st.builds(
    Terms,
    st.builds(Objectives, several(st.builds(Objective, words, words))),
    schedules(),
    st.builds(Channels, ways, ways),
    st.builds(Responses, response_times, response_times),
    st.builds(Preparation, several(st.builds(PreparationItem, words, st.sampled_from(Who), st.integers(1, 336)))),
    st.builds(Confidentiality, st.sampled_from(Mode), words, words),
    st.builds(Review, dates, st.integers(7, 180)),
)
