"""Taking turns: fair first, then cheap, then steady; and what one meeting costs one person."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.accounts.domain.availability import Absence, Availability, QuietHours, Window
from throughline.meetings.domain.load import load, unfairness
from throughline.meetings.domain.rotation import best_rotation, fairest
from throughline.meetings.domain.slots import Diary

QUIET = QuietHours(time(22), time(7))


def office(zone: str, **more) -> Availability:
    return Availability(zone, tuple(Window(day, time(9), time(17)) for day in range(5)), **more)


@pytest.mark.parametrize(
    ("hour", "quiet", "minutes"),
    [
        (9, QUIET, 0),
        (16.5, QUIET, 20),  # from 17:00 on
        (18, QUIET, 50),
        (21.5, QUIET, 30 + 20 * 2),
        (23, QUIET, 100),
        (23, QuietHours(time(0), time(6)), 50),  # they said that until midnight is fine
        (23, None, 50),
    ],
)
def test_minutes_outside_count_and_twice_in_the_night_unless_said_to_be_fine(hour, quiet, minutes):
    said = office("UTC", quiet_hours=quiet)
    start = datetime(2026, 11, 3, tzinfo=UTC) + timedelta(hours=hour)
    assert load(said, start, start + timedelta(minutes=50)) == minutes


def test_who_named_no_hours_has_no_load_and_days_away_are_outside():
    start = datetime(2026, 11, 3, 10, tzinfo=UTC)
    assert load(Availability("UTC"), start, start + timedelta(minutes=50)) == 0
    away = office("UTC", absences=(Absence(date(2026, 11, 3), date(2026, 11, 3)),))
    assert load(away, start, start + timedelta(minutes=50)) == 50


def test_unfairness_is_between_none_and_all():
    assert [unfairness(0, 0), unfairness(60, 60), unfairness(90, 30), unfairness(0, 50)] == [0, 0, 0.5, 1]


costs = st.dictionaries(
    st.integers(0, 47).map(lambda half: half * 30),
    st.tuples(st.integers(0, 10), st.integers(0, 10)),
    min_size=1,
    max_size=5,
)


def change(minutes) -> int:
    return sum(min(abs(a - b), 1440 - abs(a - b)) for a, b in pairwise(minutes))


@settings(max_examples=60)
@given(st.lists(costs, min_size=1, max_size=4))
def test_nothing_is_fairer_then_cheaper_then_steadier(options):
    def score(minutes):
        paid = [each[minute] for each, minute in zip(options, minutes, strict=True)]
        one, other = sum(cost[0] for cost in paid), sum(cost[1] for cost in paid)
        return abs(one - other), one + other, change(minutes)

    found = fairest(options)
    assert score(found) == min(score(minutes) for minutes in product(*options))


def test_a_week_without_any_hour_has_no_rotation():
    assert fairest([{0: (1, 1)}, {}]) is None


def test_two_sides_of_the_world_take_turns_and_carry_the_same():
    diaries = [
        Diary("Mira", office("Europe/Berlin", quiet_hours=QUIET)),
        Diary("Aroha", office("Pacific/Auckland", quiet_hours=QUIET)),
    ]
    found = best_rotation(diaries, [0], zone="Europe/Berlin", minutes=50, first=date(2026, 3, 2))
    assert len(found.times) == len(found.turns) == 8
    assert found.loads[0] == found.loads[1] > 0
    assert all(sum(turn.loads) == 50 for turn in found.turns)  # never both at once, and nobody in their night
    assert all(turn.at.astimezone(UTC).weekday() in range(7) for turn in found.turns)


def test_busy_hours_are_left_free():
    start = datetime(2026, 3, 2, tzinfo=UTC)
    taken = tuple((start + timedelta(days=n), start + timedelta(days=n, hours=20)) for n in range(70))
    diaries = [Diary("Mira", office("UTC"), taken), Diary("Ben", office("UTC"))]
    found = best_rotation(diaries, [0], zone="UTC", minutes=50, first=date(2026, 3, 2))
    assert all(turn.at.hour * 60 + turn.at.minute >= 20 * 60 + 10 for turn in found.turns)
