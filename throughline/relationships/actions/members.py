"""Beginning a relationship and joining it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.foundation.encryption.keyring import new_wrapped_key
from throughline.foundation.live.topics import access_changed
from throughline.relationships.domain.confidence import Mode
from throughline.relationships.domain.roles import Role
from throughline.relationships.models import Membership, Relationship, RelationshipKey
from throughline.relationships.signals import relationship_joined

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def begin_relationship(*, by: Person, role: Role) -> Relationship:
    """A relationship with one member so far, and the key that will seal its content."""
    relationship = Relationship.objects.create()
    RelationshipKey.objects.create(relationship=relationship, wrapped=new_wrapped_key(relationship.pk))
    Membership.objects.create(relationship=relationship, person=by, role=role.value)
    return relationship


@transaction.atomic
def join_relationship(*, relationship: Relationship, by: Person, role: Role) -> Membership:
    """Become a member. Twice is once: the first role stays."""
    membership, is_new = Membership.objects.get_or_create(
        relationship=relationship, person=by, defaults={"role": role.value}
    )
    if is_new:
        relationship_joined.send(Relationship, relationship_id=relationship.pk, by_id=by.pk)
    return membership


def set_mode(*, relationship_id: UUID, mode: Mode) -> None:
    """What its members have signed about who can read. Who signed it and when is a row of the agreement."""
    Relationship.objects.filter(pk=relationship_id).update(mode=mode.value)


def locked(relationship: Relationship) -> Relationship:
    """The row, held until the transaction ends: whatever may not happen twice at once asks for it first."""
    return Relationship.objects.select_for_update().get(pk=relationship.pk)


def recheck_seats(relationship: Relationship) -> None:
    """What may be done in it has changed: once that is committed, every open socket of its members is asked again."""
    for person_id in Membership.objects.filter(relationship=relationship).values_list("person_id", flat=True):
        transaction.on_commit(partial(access_changed, person_id=person_id))
