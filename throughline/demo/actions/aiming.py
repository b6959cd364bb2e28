"""Goals, told as the pages tell them: taken up, measured, agreed to, and a line now and then."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from throughline.demo.domain.times import morning
from throughline.foundation import clock
from throughline.goals.actions import (
    agree_to_levels,
    measure_by_milestones,
    measure_goal,
    record_line,
    set_due,
    take_up_objective,
    write_goal,
)
from throughline.goals.domain.measure import Kind, Levels, Number

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.demo.actions.pairs import Life
    from throughline.demo.domain.story import Aim
    from throughline.goals.models import Goal


def plan_aim(life: Life, aim: Aim) -> None:
    """From taking it up to the last line that was recorded."""
    made: list[Goal] = []
    owner = life.mentee

    def begin() -> None:
        made.append(_begun(life, aim))

    life.timeline.at(morning(aim.taken, owner.zone, life.now, life.dice, 14), begin)
    for days, line in aim.lines:
        at = morning(days, owner.zone, life.now, life.dice, 19)
        life.timeline.at(at, partial(_say, made, owner, line))
    if aim.moved:
        days, ahead, why = aim.moved
        due = (life.now + timedelta(days=ahead)).date()
        at = morning(days, owner.zone, life.now, life.dice, 17)
        life.timeline.at(at, lambda: set_due(goal=made[0], by=owner, due=due, reason=why))


def _say(made: list[Goal], owner: Person, line: str) -> None:
    record_line(goal=made[0], by=owner, line=line)


def _begun(life: Life, aim: Aim) -> Goal:
    owner, relationship = life.mentee, life.relationship
    if aim.objective is None:
        goal = write_goal(relationship=relationship, by=owner, owner=owner, sentence=aim.sentence)
    else:
        goal = take_up_objective(relationship=relationship, by=owner, number=aim.objective)
    if aim.number:
        measure_goal(goal=goal, by=owner, kind=Kind.NUMBER, content=Number(*aim.number))
    elif aim.levels:
        measure_goal(goal=goal, by=owner, kind=Kind.LEVELS, content=Levels(aim.levels))
        later = clock.now() + timedelta(hours=3)
        life.timeline.at(later, lambda: agree_to_levels(goal=goal, by=life.mentor, number=1))
    else:
        steps = [(words, (life.now + timedelta(days=ahead)).date()) for words, ahead in aim.steps]
        measure_by_milestones(goal=goal, by=owner, steps=steps)
    return set_due(goal=goal, by=owner, due=(life.now + timedelta(days=aim.due)).date())
