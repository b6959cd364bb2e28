"""What a goal goes together with."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import Http404

from throughline.goals.actions.painting import locked
from throughline.goals.actions.recording import Evidence
from throughline.goals.models import Goal, Link
from throughline.goals.queries.evidence import is_here

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def link_goal(*, goal: Goal, by: Person, what: Evidence) -> None:
    """The same page or thing twice is one link; nothing is none. Raises Http404 for a thing that is not here."""
    found = locked(goal.pk)
    if what.thing and not is_here(by, found.relationship_id, what.thing):
        raise Http404
    plain = what.to_plain()
    if plain and all(row.what != plain for row in Link.objects.filter(goal=found)):
        Link.objects.create(goal=found, relationship_id=found.relationship_id, by=by, what=plain)


@transaction.atomic
def unlink_goal(*, goal: Goal, by: Person, link_id: UUID) -> None:
    """The link goes; what it led to stays where it is."""
    Link.objects.filter(goal=locked(goal.pk), pk=link_id).delete()
