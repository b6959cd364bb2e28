"""What people do to a relationship: one verb a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from throughline.foundation.encryption.keyring import new_wrapped_key
from throughline.relationships.models import Membership, Relationship, RelationshipKey, Role

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def begin_relationship(*, by: Person, role: Role) -> Relationship:
    """A relationship with one member so far, and the key that will seal its content."""
    relationship = Relationship.objects.create()
    RelationshipKey.objects.create(relationship=relationship, wrapped=new_wrapped_key(relationship.pk))
    Membership.objects.create(relationship=relationship, person=by, role=role)
    return relationship


@transaction.atomic
def join_relationship(*, relationship: Relationship, by: Person, role: Role) -> Membership:
    return Membership.objects.create(relationship=relationship, person=by, role=role)
