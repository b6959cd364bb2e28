"""What is exported of goals to whom, and what goes with an account."""

from __future__ import annotations

import pytest

from throughline.foundation.rights.holdings import Sharing, holdings
from throughline.foundation.rights.rows import plain_rows
from throughline.goals.actions import forget_private_goals_of, record_line, share_goal, write_goal
from throughline.goals.models import Goal, Point


@pytest.fixture
def goals(pair, mentee):
    shared = write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Shared")
    private = write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Private", private=True)
    for goal in (shared, private):
        record_line(goal=goal, by=mentee, line="A start")
    return shared, private


def exported(person, pair, model) -> int:
    [holding] = [one for one in holdings() if one.model == model]
    return len(list(plain_rows(holding, Sharing(person.pk, (pair.pk,)))))


def test_a_private_goal_is_exported_to_its_owner_alone(goals, pair, mentee, mentor) -> None:
    assert [exported(one, pair, "goals.Goal") for one in (mentee, mentor)] == [2, 1]
    assert [exported(one, pair, "goals.Point") for one in (mentee, mentor)] == [2, 1]
    share_goal(goal=goals[1], by=mentee)
    assert [exported(one, pair, "goals.Point") for one in (mentee, mentor)] == [2, 2]


def test_what_was_private_goes_with_its_owner(goals, mentee) -> None:
    for _twice in range(2):
        forget_private_goals_of(mentee.pk)
        assert [goal.words["sentence"] for goal in Goal.objects.all()] == ["Shared"]
        assert Point.objects.count() == 1
