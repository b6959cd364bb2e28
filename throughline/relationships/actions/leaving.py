"""Leaving what was written together to the others, and what follows when somebody closes their account."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from throughline.accounts.queries import people_by_id
from throughline.foundation import clock
from throughline.foundation.places import address_of_relationship
from throughline.notices.actions import notify
from throughline.relationships.access import is_open
from throughline.relationships.actions.endings import ask_for_deletion, destroy_relationship, end_relationship
from throughline.relationships.actions.members import locked, recheck_seats
from throughline.relationships.models import Membership, Relationship

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def leave_relationship(*, relationship: Relationship, by: Person) -> bool:
    """Leave an ended one to the others: nothing of it can be read any more by who left, and it counts as asking for
    deletion. True when nobody is left who would keep it, and it is gone. One that goes on is ended first, by its page.

    Raises ValueError while it goes on.
    """
    if is_open(relationship.pk):
        raise ValueError("What goes on cannot be left: end it first.")
    locked(relationship)
    recheck_seats(relationship)
    Membership.objects.filter(relationship=relationship, person=by, left_at=None).update(left_at=clock.now())
    return ask_for_deletion(relationship=relationship, by=by)


@transaction.atomic
def leave_everything(*, person_id: UUID) -> None:
    """Somebody's account is erased: what goes on ends, what nobody else is in is destroyed, the rest is left."""
    person = people_by_id([person_id])[person_id]
    for relationship in Relationship.objects.filter(memberships__person=person).order_by("pk"):
        if relationship.memberships.count() == 1:
            destroy_relationship(relationship=relationship)
        else:
            end_relationship(relationship=relationship, by=person)
            leave_relationship(relationship=relationship, by=person)


@transaction.atomic
def tell_of_closing(*, person_id: UUID) -> None:
    """Everybody with whom something goes on, so that nobody waits for an answer; and the person, who may not have
    been the one who asked for it."""
    _tell_others(person_id, "relationships.closing")
    person = people_by_id([person_id])[person_id]
    notify(kind="relationships.you_close", recipient=person, address=reverse("accounts:close"), person_id=person_id)


@transaction.atomic
def tell_of_staying(*, person_id: UUID) -> None:
    _tell_others(person_id, "relationships.staying")


def _tell_others(person_id: UUID, kind: str) -> None:
    mine = Membership.objects.filter(person_id=person_id, left_at=None, relationship__ending__isnull=True)
    others = Membership.objects.filter(relationship_id__in=mine.values("relationship_id")).exclude(person_id=person_id)
    for other in others.select_related("person").order_by("pk"):
        notify(
            kind=kind,
            recipient=other.person,
            address=address_of_relationship(other.relationship_id),
            thing=("relationships.relationship", other.relationship_id),
            relationship_id=other.relationship_id,
            person_id=person_id,
        )
