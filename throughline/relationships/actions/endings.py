"""Ending without fault, looking back, and destroying what is left when everybody wants it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.urls import reverse

from throughline.foundation import clock
from throughline.foundation.encryption.keyring import keyring
from throughline.foundation.files import sealed
from throughline.foundation.files.store import FilesError
from throughline.notices.actions import forget_channel_rules, notify
from throughline.relationships.access import is_open
from throughline.relationships.actions.members import locked, recheck_seats
from throughline.relationships.domain.states import State
from throughline.relationships.models import (
    DeletionRequest,
    Destroyed,
    Ending,
    Membership,
    Reflection,
    Relationship,
    RelationshipKey,
)
from throughline.relationships.queries import state_of
from throughline.relationships.signals import relationship_ended

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from throughline.accounts.models import Person


@transaction.atomic
def end_relationship(*, relationship: Relationship, by: Person, reflection: str = "") -> Ending:
    """Any member may; nobody needs a reason. Ending twice is once: a later reflection is kept all the same."""
    locked(relationship)
    ending, is_new = Ending.objects.get_or_create(relationship=relationship, defaults={"by": by})
    if reflection:
        reflect(relationship=relationship, by=by, words=reflection)
    if is_new:
        relationship_ended.send(Relationship, relationship_id=relationship.pk, by_id=by.pk)
        recheck_seats(relationship)
        for membership in _others(relationship, by):
            notify(
                kind="relationships.ended",
                recipient=membership.person,
                address=reverse("relationships:end", args=[relationship.pk]),
                thing=("relationships.relationship", relationship.pk),
                relationship_id=relationship.pk,
                person_id=by.pk,
            )
    return ending


@transaction.atomic
def reflect(*, relationship: Relationship, by: Person, words: str) -> Reflection:
    """One's own words at the end, for all members. Given once: a second time changes nothing.

    Raises ValueError while it goes on: the page asks for it only at the end.
    """
    if is_open(relationship.pk):
        raise ValueError("A reflection belongs to the end.")
    reflection, _is_new = Reflection.objects.get_or_create(
        relationship=relationship, person=by, defaults={"words": words}
    )
    return reflection


@transaction.atomic
def ask_for_deletion(*, relationship: Relationship, by: Person) -> bool:
    """Ask that everything be destroyed. True when this was the last of all members, and it is gone.

    Only what has ended, or was never answered, can go; anything else changes nothing.
    """
    found = Relationship.objects.select_for_update().filter(pk=relationship.pk).first()
    if found is None:
        return True
    if state_of(found.pk, clock.now()) not in (State.ENDED, State.INVITED):
        return False
    DeletionRequest.objects.get_or_create(relationship=found, person=by)
    asked = set(DeletionRequest.objects.filter(relationship=found).values_list("person_id", flat=True))
    members = set(Membership.objects.filter(relationship=found).values_list("person_id", flat=True))
    if not members <= asked:
        return False
    destroy_relationship(relationship=found)
    return True


@transaction.atomic
def withdraw_deletion(*, relationship: Relationship, by: Person) -> None:
    DeletionRequest.objects.filter(relationship=relationship, person=by).delete()


@transaction.atomic
def destroy_relationship(*, relationship: Relationship) -> None:
    """Every row of it in every room, and its key: what copies of the database still hold cannot be opened by it.

    The key's bytes are overwritten before the row goes, so that no freed page of the database file keeps them. Its id
    stays noted, so that a backup from before cannot bring it back.
    """
    relationship_id = relationship.pk
    recheck_seats(relationship)
    key = RelationshipKey.objects.get(pk=relationship_id)
    key.wrapped = bytes(len(key.wrapped))
    key.save(update_fields=["wrapped"])
    relationship.delete()
    Destroyed.objects.get_or_create(pk=relationship_id)
    forget_channel_rules(relationship_id=relationship_id)
    transaction.on_commit(lambda: _forget(relationship_id))


def destroy_again(ids: Iterable[UUID]) -> int:
    """Note these relationships as destroyed, here where a backup was just restored, and destroy those that it brought
    back. Returns how many came back. Twice is once."""
    found, now = set(ids), clock.now()
    Destroyed.objects.bulk_create([Destroyed(pk=key, at=now) for key in sorted(found)], ignore_conflicts=True)
    back = list(Relationship.objects.filter(pk__in=Destroyed.objects.values("pk")).order_by("pk"))
    for relationship in back:
        destroy_relationship(relationship=relationship)
    return len(back)


def _forget(relationship_id: UUID) -> None:
    keyring.forget(relationship_id)
    with suppress(FilesError):  # the key is gone: what could not be removed now can be opened by nobody
        sealed.forget_all(relationship_id)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _others(relationship: Relationship, by: Person) -> list[Membership]:
    return list(Membership.objects.filter(relationship=relationship).exclude(person=by).select_related("person"))
