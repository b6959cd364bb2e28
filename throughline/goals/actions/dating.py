"""Dates of goals and milestones. What was said first stays in view."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from throughline.goals.actions.measuring import moved
from throughline.goals.actions.painting import locked
from throughline.goals.models import Goal, Milestone, NewDate

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def set_due(*, goal: Goal, by: Person, due: date | None, reason: str = "") -> Goal:
    """Another date, or none. The same again changes nothing."""
    found = locked(goal.pk)
    if found.due != due:
        NewDate.objects.create(
            goal=found, relationship_id=found.relationship_id, by=by, before=found.due, after=due, reason=reason
        )
        found.due = due
        found.first_due = found.first_due or due
        found.save(update_fields=["due", "first_due"])
    return found


@transaction.atomic
def move_milestone(*, milestone: Milestone, by: Person, due: date | None, reason: str = "") -> None:
    goal = locked(milestone.goal_id)
    found = Milestone.objects.get(pk=milestone.pk)
    if found.due != due and found.dropped_at is None:
        moved(goal, found, by, due, reason)
