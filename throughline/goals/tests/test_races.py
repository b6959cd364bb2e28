"""Two at the same moment, on a real database with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from throughline.goals import actions
from throughline.goals.domain.measure import Kind, Levels, Number
from throughline.goals.models import Closing, Correction, Goal, Opening, Point
from throughline.goals.queries import goals_in
from throughline.goals.queries.measured import measures_of

pytestmark = pytest.mark.django_db(transaction=True)
FIVE = Levels(("Never", "Rarely", "Each week", "Each day", "Gladly"))


@pytest.fixture
def goal(pair, mentee) -> Goal:
    made = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Submit it")
    actions.measure_goal(goal=made, by=mentee, kind=Kind.NUMBER, content=Number("pages", 0, 100))
    return made


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each returned, or the type of the error that it raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(60)
            return act()
        except actions.MeanwhileCorrectedError as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_who_record_at_once_are_both_counted(goal, mentor, mentee) -> None:
    at_once(
        *[lambda by=by: actions.record_line(goal=goal, by=by, line="+5") for by in (mentor, mentee, mentor, mentee)]
    )
    assert sorted(point.entry["value"] for point in Point.objects.all()) == [5, 10, 15, 20]
    assert [line.picture.value for line in goals_in(mentee, goal.relationship_id)] == [20]


def test_of_two_who_correct_one_point_at_once_one_is_told(goal, mentor, mentee) -> None:
    point = actions.record_line(goal=goal, by=mentee, line="420")

    def correct(by, value):
        return actions.correct_point(point=point, by=by, seen=0, value=value, note="", day=point.day)

    done = at_once(lambda: correct(mentor, 41.0), lambda: correct(mentee, 42.0))
    assert done.count(actions.MeanwhileCorrectedError) == 1
    assert (Correction.objects.count(), Correction.objects.get().before["value"]) == (1, 420)
    assert Point.objects.get().entry["value"] in (41.0, 42.0)


def test_a_milestone_is_done_once_though_two_say_so(goal, mentor, mentee) -> None:
    actions.measure_by_milestones(goal=goal, by=mentee, steps=[("Outline", None), ("Draft", None)])
    done = at_once(*[lambda by=by: actions.record_line(goal=goal, by=by, line="done: 1") for by in (mentor, mentee)])
    assert (done[0], Point.objects.count()) == (done[1], 1)


def test_both_agree_to_levels_while_they_are_looked_at(goal, mentor, mentee) -> None:
    actions.measure_goal(goal=goal, by=mentee, kind=Kind.LEVELS, content=FIVE)
    number = measures_of(goal).waiting.number
    at_once(
        *[lambda: actions.agree_to_levels(goal=goal, by=mentor, number=number)] * 2,
        *[lambda: actions.note_opening(goal=Goal.objects.select_related("sharing").get(), by=mentor)] * 2,
    )
    assert (measures_of(goal).in_force.content, Opening.objects.count()) == (FIVE, 1)


def test_a_goal_ends_once(goal, mentee) -> None:
    at_once(
        lambda: actions.reach_goal(goal=goal, by=mentee),
        lambda: actions.drop_goal(goal=goal, by=mentee, reason="Snow"),
    )
    assert Closing.objects.count() == 1
