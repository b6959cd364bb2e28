"""goals and goal-talk: their parts, what they leave out, and what they offer next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from throughline.goals.domain.facts import GoalFacts, Touched
from throughline.goals.domain.measure import Kind
from throughline.meetings.domain.outcomes import MeetingOutcome, Outcome
from throughline.practices.domain.measure import Reader, Status
from throughline.practices.domain.record import Record, Side
from throughline.practices.kinds import practice_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)
SIDES = (Side(ONE, "Mira", True), Side(OTHER, "Tomás"))
DAY = timedelta(days=1)
GOAL = GoalFacts(
    id=UUID(int=10), shared_at=NOW - 50 * DAY, owner_id=OTHER, kind=Kind.NUMBER, begun_on=date(2026, 10, 1),
    due=date(2026, 12, 1), share=0.8, level=None, weight=1, recorded=(NOW - 3 * DAY,), steps=(), ended_at=None, end="",
)  # fmt: skip


def read(id: str, *goals: GoalFacts, touches=(), outcomes=()):
    record = Record(NOW, goals=goals, sides=SIDES, touches=touches, outcomes=outcomes)
    return record, practice_of(id).measure(record)


def parts(reading) -> dict[str, str]:
    return {part.id: part.words for part in reading.parts}


def test_a_complete_fresh_goal_on_pace() -> None:
    _record, reading = read("goals", GOAL)
    assert (reading.figure.words, reading.figure.status) == ("1 of 1", Status.OK)
    assert parts(reading) == {"fresh": "1 of 1", "pace": "0.94", "on-time": "Nothing to count yet"}
    assert [row.goal_id for row in reading.behind] == [GOAL.id]


def test_what_it_lacks_is_said_and_offered_to_its_owner() -> None:
    record, reading = read("goals", replace(GOAL, due=None), replace(GOAL, id=UUID(int=11)))
    assert (reading.figure.words, reading.figure.status) == ("1 of 2", Status.SHORT)
    assert "lacks a date" in " ".join(row.why for row in reading.behind)
    offered = practice_of("goals").step(record, reading, Reader(OTHER))
    assert [choice.value for choice in offered.choices] == [str(GOAL.id)]
    assert practice_of("goals").step(record, reading, Reader(ONE)) is None


def test_off_track_is_offered_to_both_and_stale_to_the_owner() -> None:
    record, reading = read("goals", replace(GOAL, share=0.1))
    assert reading.figure.status is Status.SHORT
    for reader in (ONE, OTHER):
        assert practice_of("goals").step(record, reading, Reader(reader)).words == "A goal is off its path"
    record, reading = read("goals", replace(GOAL, recorded=()))
    assert parts(reading)["fresh"] == "0 of 1"
    assert practice_of("goals").step(record, reading, Reader(OTHER)).words == "A line on how a goal goes"
    assert practice_of("goals").step(record, reading, Reader(ONE)) is None


def test_a_new_goal_is_not_stale_and_an_ended_one_is_not_active() -> None:
    _record, reading = read("goals", replace(GOAL, shared_at=NOW - 5 * DAY, recorded=()))
    assert parts(reading)["fresh"] == "Nothing to count yet"
    _record, reading = read("goals", replace(GOAL, ended_at=NOW - DAY, end="reached"))
    assert (reading.figure.status, parts(reading)["reached"]) == (Status.NOTHING_YET, "1 of 1")


def test_milestones_count_by_their_first_day() -> None:
    first = date(2026, 11, 1)
    steps = ((first, first), (first, first + DAY), (first, None), (first, first - DAY), (date(2026, 12, 1), None))
    _record, reading = read("goals", replace(GOAL, kind=Kind.MILESTONES, steps=steps))
    assert parts(reading)["on-time"] == "2 of 4"


@pytest.mark.parametrize(
    ("levels", "weights", "words"),
    [([1], [1], "T = 60.0"), ([-2, 1, 2], [2, 1, 4], "T = 59.2"), ([-1, -1, -1], [1, 1, 1], "T = 36.3")],
)
def test_the_attainment_score(levels, weights, words) -> None:
    goals = [
        replace(GOAL, id=UUID(int=number), kind=Kind.LEVELS, level=level, weight=weight)
        for number, (level, weight) in enumerate(zip(levels, weights, strict=True))
    ]
    _record, reading = read("goals", *goals)
    assert parts(reading)["attainment"] == words


def held(days_ago: int, number: int = 1) -> MeetingOutcome:
    start = NOW - days_ago * DAY
    end = start + timedelta(minutes=50)
    return MeetingOutcome(UUID(int=number), start, start, end, Outcome.HELD, True, True, 3000, start)


def test_goal_talk_counts_from_the_start_until_a_day_after() -> None:
    outcomes = tuple(held(days, days) for days in (30, 20, 15, 10, 8))
    late = outcomes[2].end + timedelta(hours=24, seconds=1)
    touches = tuple(
        Touched(at, GOAL.id, False)
        for at in (outcomes[0].start, outcomes[1].end + DAY, late, outcomes[3].start - timedelta(seconds=1))
    )
    record, reading = read("goal-talk", GOAL, touches=touches, outcomes=outcomes)
    assert (reading.figure.words, reading.figure.status) == ("2 of 5", Status.SHORT)
    assert [row.counted for row in reading.behind] == [False, False, False, True, True]
    assert len(practice_of("goal-talk").step(record, reading, Reader(ONE)).choices) == 1


def test_goal_talk_is_too_early_under_four_and_leaves_out_what_could_not_be() -> None:
    before, running = held(60), held(0)
    record, reading = read("goal-talk", GOAL, outcomes=(before, held(10), running))
    assert (reading.figure.words, reading.figure.status) == ("0 of 1, too early to say", Status.TOO_EARLY)
    assert practice_of("goal-talk").step(record, reading, Reader(ONE)) is None
    _record, reading = read("goal-talk", outcomes=(held(10),))
    assert reading.figure.words == "No shared goal yet"
