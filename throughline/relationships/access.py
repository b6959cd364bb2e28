"""The only way to a relationship for a person: theirs, or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from throughline.relationships.models import Membership, Relationship

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def relationship_for(person: Person, relationship_id: UUID) -> Relationship:
    """The relationship, with its members loaded. Raises Http404 to everybody who is not in it."""
    found = (
        Relationship.objects.filter(pk=relationship_id, memberships__person_id=person.pk)
        .prefetch_related("memberships__person")
        .first()
    )
    if found is None:
        raise Http404
    return found


def is_member(person_id: UUID, relationship_id: UUID) -> bool:
    """Whether this person takes part: for sockets, which hold ids alone."""
    return Membership.objects.filter(relationship_id=relationship_id, person_id=person_id).exists()
