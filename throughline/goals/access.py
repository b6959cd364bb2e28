"""The only way to a goal for a person: shared in a relationship of theirs, or private and their own; else 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from throughline.goals.models import Goal, Milestone, Point
from throughline.relationships.access import is_member

if TYPE_CHECKING:
    from throughline.accounts.models import Person


class NotTheOwnerError(PermissionDenied):
    """Somebody decides over a goal that is another's."""


def seen_by(person_id: UUID) -> QuerySet[Goal]:
    """The goals that this person may see within their relationships, which the caller narrows down to."""
    return Goal.objects.filter(Q(sharing__isnull=False) | Q(by_id=person_id))


def goal_for(person: Person, goal_id: UUID) -> Goal:
    """Raises Http404."""
    found = seen_by(person.pk).select_related("owner", "sharing").filter(pk=goal_id).first()
    if found is None or not is_member(person.pk, found.relationship_id):
        raise Http404
    return found


def point_for(person: Person, point_id: UUID) -> Point:
    """Raises Http404 to whoever may not see its goal."""
    found = Point.objects.filter(pk=point_id).first()
    if found is None:
        raise Http404
    found.goal = goal_for(person, found.goal_id)
    return found


def milestone_for(person: Person, milestone_id: UUID) -> Milestone:
    """Raises Http404 to whoever may not see its goal, and for one that was taken off."""
    found = Milestone.objects.filter(pk=milestone_id, dropped_at__isnull=True).first()
    if found is None:
        raise Http404
    found.goal = goal_for(person, found.goal_id)
    return found


def decides(person_id: UUID, goal: Goal) -> bool:
    """Whether this person decides over its end: the owner; while there is none, everybody."""
    return goal.owner_id in (None, person_id)


def ensure_decides(person: Person, goal: Goal) -> None:
    """Raises NotTheOwnerError with a sentence (403)."""
    if not decides(person.pk, goal):
        raise NotTheOwnerError(_("Only the person whose goal this is decides that."))
