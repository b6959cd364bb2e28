"""The agreement's objectives that nobody has made a goal of yet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from throughline.agreements.queries import terms_in_force
from throughline.goals.models import Goal


@dataclass(frozen=True)
class OpenObjective:
    """number: its place in the agreement in force, from 0. outcome: how both will know that it came true."""

    number: int
    aim: str
    outcome: str


def objectives_to_take_up(relationship_id: UUID) -> list[OpenObjective]:
    """Compared by their words, so that an agreement signed anew offers nothing twice. Two queries."""
    terms = terms_in_force(relationship_id)
    if terms is None:
        return []
    goals = Goal.objects.filter(relationship_id=relationship_id, sharing__isnull=False)
    taken = {goal.words["aim"] for goal in goals.only("words", "relationship")}
    return [
        OpenObjective(number, one.aim, one.outcome)
        for number, one in enumerate(terms.objectives.items)
        if one.aim not in taken
    ]
