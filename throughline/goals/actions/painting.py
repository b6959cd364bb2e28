"""What each action needs: the goal's row, locked; and at its end the picture that lists show, painted anew."""

from __future__ import annotations

from uuid import UUID

from throughline.goals.domain.picture import paint
from throughline.goals.models import Goal
from throughline.goals.queries.measured import measures_of, newest_observed, steps_of
from throughline.relationships.access import ensure_open


def locked(goal_id: UUID) -> Goal:
    """The row as it is now; whoever else wants it waits. Raises RelationshipEndedError when all is over."""
    found = Goal.objects.select_for_update().get(pk=goal_id)
    ensure_open(found.relationship_id)
    return found


def repaint(goal: Goal) -> None:
    """Reads at most the newest two hundred points, however many there are."""
    measures = measures_of(goal)
    found = measures.in_force
    picture = paint(
        found.content if found else None,
        found.kind if found else measures.kind_without,
        newest_observed(goal, found) if found else [],
        steps_of(goal.pk),
        measures.waiting is not None,
    )
    goal.picture = picture.to_plain()
    goal.save(update_fields=["picture", "last_at"])
