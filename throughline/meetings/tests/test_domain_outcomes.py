"""Held, kept and missed, by the definitions of the practices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.calls.domain.media import Talk
from throughline.ledger.domain.facts import Part
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.local import clock_shift, local_start
from throughline.meetings.domain.outcomes import Outcome, Planned, Verdict, cancelled, judge

MIRA, TOMAS = UUID(int=1), UUID(int=2)
SIX = datetime(2026, 11, 3, 17, tzinfo=UTC)
FIFTY = Planned(SIX, SIX, SIX + timedelta(minutes=50))


def talk(start: float, minutes: float, video: float | None = None) -> Talk:
    began = SIX + timedelta(minutes=start)
    seconds = round(minutes * 60)
    seen = seconds if video is None else round(video * 60)
    parts = (Part(MIRA, seconds, seconds, seen), Part(TOMAS, seconds, seconds, seen))
    return Talk(began, began + timedelta(minutes=minutes), seconds, seen, seconds, parts)


def test_two_calls_of_one_meeting_add_up():
    assert judge(FIFTY, [talk(3, 10, 5), talk(20, 16)], {MIRA, TOMAS}) == Verdict(
        outcome=Outcome.HELD,
        kept=True,
        together=26 * 60,
        both_voice=26 * 60,
        both_video=21 * 60,
        started_at=SIX + timedelta(minutes=3),
        ended_at=SIX + timedelta(minutes=36),
        parts=(Part(MIRA, 1560, 1560, 1260), Part(TOMAS, 1560, 1560, 1260)),
    )


@pytest.mark.parametrize(
    ("planned_minutes", "together", "outcome"),
    [
        (50, 25, Outcome.HELD),
        (50, 24.9, Outcome.SHORT),
        (15, 10, Outcome.HELD),
        (15, 9.9, Outcome.SHORT),
        (50, 20 / 60, Outcome.SHORT),
    ],
)
def test_held_takes_half_the_time_and_at_least_ten_minutes(planned_minutes, together, outcome):
    planned = Planned(SIX, SIX, SIX + timedelta(minutes=planned_minutes))
    assert judge(planned, [talk(0, together)], {MIRA, TOMAS}).outcome is outcome


@pytest.mark.parametrize(("late", "kept"), [(-9, True), (0, True), (15, True), (15.1, False)])
def test_kept_is_held_within_a_quarter_of_an_hour_of_the_first_agreed_start(late, kept):
    assert judge(FIFTY, [talk(late, 40)], {MIRA, TOMAS}).kept is kept


def test_a_moved_meeting_is_held_and_not_kept():
    later = SIX + timedelta(days=1)
    moved = Planned(SIX, later, later + timedelta(minutes=50))
    verdict = judge(moved, [talk(24 * 60, 50)], {MIRA, TOMAS})
    assert (verdict.outcome, verdict.kept) == (Outcome.HELD, False)


def test_who_came_alone_is_named_and_nobody_is_nobody():
    alone = judge(FIFTY, [], {TOMAS})
    assert (alone.outcome, alone.parts) == (Outcome.ONE_CAME, (Part(TOMAS),))
    assert judge(FIFTY, [], set()).outcome is Outcome.NOBODY_CAME


def test_cancelling_is_early_until_a_day_ahead():
    assert cancelled(FIFTY, SIX - timedelta(hours=24)) is Outcome.CANCELLED_EARLY
    assert cancelled(FIFTY, SIX - timedelta(hours=23, minutes=59)) is Outcome.CANCELLED_LATE


@pytest.mark.parametrize(
    ("minutes", "where"), [(-10.1, Door.EARLY), (-10, Door.OPEN), (109.9, Door.OPEN), (110, Door.SHUT)]
)
def test_the_door_is_open_from_ten_minutes_before_to_an_hour_after(minutes, where):
    assert door(FIFTY, SIX + timedelta(minutes=minutes)) is where


lengths = st.integers(1, 40)


@given(st.lists(lengths, max_size=5), st.integers(5, 120))
def test_more_time_together_never_makes_it_less_held(minutes, planned_minutes):
    planned = Planned(SIX, SIX, SIX + timedelta(minutes=planned_minutes))
    talks = [talk(50 * number, length) for number, length in enumerate(minutes)]
    held = [judge(planned, talks[:count], set()).outcome is Outcome.HELD for count in range(len(talks) + 1)]
    assert held == sorted(held)


def test_the_week_in_which_only_berlin_has_changed_is_an_hour_later_in_los_angeles():
    before, start = datetime(2026, 10, 20, 16, tzinfo=UTC), datetime(2026, 10, 27, 17, tzinfo=UTC)
    away = local_start("Tomás", "America/Los_Angeles", start, before)
    assert away.start.strftime("%H:%M") == "10:00"
    assert away.shift == timedelta(hours=1)
    assert local_start("Mira", "Europe/Berlin", start, before).shift == timedelta(0)
    assert local_start("Tomás", "America/Los_Angeles", start + timedelta(days=7), start).shift == timedelta(hours=-1)


def test_a_shift_over_midnight_is_an_hour_not_a_day():
    zone = ZoneInfo("Europe/Berlin")
    late = datetime(2026, 10, 20, 23, 30, tzinfo=zone)
    early = datetime(2026, 10, 28, 0, 30, tzinfo=zone)
    assert clock_shift(late, early) == timedelta(hours=1)
    assert clock_shift(early, late) == timedelta(hours=-1)
