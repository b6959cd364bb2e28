"""Days, markers and answers beside the words of a page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from throughline.messaging.domain.reading import Said, day_beginnings, is_answered, seen_at

ME, OTHER, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)


def said(*rows: tuple[int, UUID, datetime]) -> list[Said]:
    return [Said(*row) for row in rows]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_a_day_begins_at_midnight_of_the_reader() -> None:
    messages = said((1, ME, at(21, 22, 59)), (2, OTHER, at(21, 23, 1)), (3, ME, at(22, 7, 59)), (4, ME, at(22, 8, 1)))
    assert day_beginnings(messages, ZoneInfo("Europe/Berlin")) == {1: date(2026, 11, 21), 2: date(2026, 11, 22)}
    assert day_beginnings(messages, ZoneInfo("America/Los_Angeles")) == {1: date(2026, 11, 21), 4: date(2026, 11, 22)}


def test_each_stands_at_the_last_of_mine_they_saw() -> None:
    messages = said((4, ME, at(1, 1)), (5, OTHER, at(1, 2)), (6, ME, at(1, 3)), (7, ME, at(1, 4)))
    assert seen_at(messages, ME, {ME: 7, OTHER: 6, THIRD: 5}) == {6: (OTHER,), 4: (THIRD,)}
    assert seen_at(messages, ME, {OTHER: 3}) == {}
    assert seen_at(messages, ME, {OTHER: 9, THIRD: 9}) == {7: (OTHER, THIRD)}


def test_only_somebody_else_answers() -> None:
    (asked,) = said((5, ME, at(1, 1)))
    assert [is_answered(asked, last) for last in ({}, {ME: 9}, {OTHER: 4}, {OTHER: 6}, {ME: 5, THIRD: 6})] == [
        False, False, False, True, True,
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from([ME, OTHER, THIRD]), st.integers(0, 10**6)), max_size=30), st.integers(0, 40))
def test_every_day_begins_once_and_a_marker_never_stands_beyond_itself(
    rows: list[tuple[UUID, int]], marker: int
) -> None:
    instants = sorted(minutes for _, minutes in rows)
    messages = [
        Said(number, sender, at(1, 0) + timedelta(minutes=minutes))
        for number, ((sender, _), minutes) in enumerate(zip(rows, instants, strict=True), 1)
    ]
    days = list(day_beginnings(messages, ZoneInfo("Asia/Kathmandu")).values())
    assert days == sorted(set(days))
    assert all(number <= marker for number in seen_at(messages, ME, {OTHER: marker}))
