"""Having seen; and telling those whom a message waits for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from throughline.foundation import clock
from throughline.foundation.jobs.registry import enqueue
from throughline.foundation.live.topics import publish
from throughline.messaging.actions.locking import locked, topic_of
from throughline.messaging.domain.limits import PATIENCE
from throughline.messaging.kinds import TELL_WAITING, WAITING, WORDS
from throughline.messaging.models import Conversation, Message, SeenMarker, Waiting
from throughline.messaging.queries import oldest_unseen
from throughline.notices.actions import notify
from throughline.notices.queries import who_get_words
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


@transaction.atomic
def mark_seen(*, relationship: Relationship, by: Person, number: int) -> None:
    """Raise this person's marker; a lower number, or one beyond the last message, changes nothing."""
    if not Message.objects.filter(relationship=relationship, number=number).exists():
        return
    marker, made = SeenMarker.objects.get_or_create(relationship=relationship, person=by, defaults={"number": number})
    rose = SeenMarker.objects.filter(pk=marker.pk, number__lt=number).update(number=number, at=clock.now())
    if made or rose:
        _was_here(relationship, by)
        seen = {"type": "seen", "person": str(by.pk), "number": number}
        transaction.on_commit(partial(publish, topic_of(relationship.pk), seen))


@transaction.atomic
def tell_of_waiting(*, relationship_id: UUID, person_id: UUID) -> None:
    """Tell somebody whose oldest unseen message is older than PATIENCE; look again later when it is younger."""
    Conversation.objects.select_for_update().filter(relationship_id=relationship_id).first()  # as sending does
    waiting = Waiting.objects.filter(relationship_id=relationship_id, person_id=person_id).first()
    if waiting is None or waiting.told_at:
        return
    oldest = oldest_unseen(person_id, relationship_id, after=waiting.told_number)
    if oldest is None:
        waiting.delete()
        return
    due = oldest.sent_at + PATIENCE
    if due > clock.now():
        enqueue(TELL_WAITING, run_after=due, relationship_id=relationship_id, person_id=person_id)
        return
    waiting.told_at = clock.now()
    words = who_get_words([person_id], relationship_id)
    more: dict[str, Any] = {"waiting_id": waiting.pk}
    if words:
        waiting.told_number = Conversation.objects.get(pk=relationship_id).last_number
        more = {"reader_id": person_id, "last": waiting.told_number}
    waiting.save(update_fields=["told_at", "told_number"])
    notify(
        kind=WORDS if words else WAITING,
        recipient=waiting.person,
        address=reverse("messaging:conversation", args=[relationship_id]),
        relationship_id=relationship_id,
        message_id=oldest.pk,
        **more,
    )


def plan_telling(relationship: Relationship, by: Person) -> None:
    for member in members_of(relationship.pk):
        if member.person_id != by.pk:
            _plan_look(relationship.pk, member.person_id)


def _plan_look(relationship_id: UUID, person_id: UUID) -> None:
    """Unless one is planned, or they were told and have not been here since. Words by mail come for each burst."""
    waiting, made = Waiting.objects.get_or_create(relationship_id=relationship_id, person_id=person_id)
    again = waiting.told_at is not None and bool(who_get_words([person_id], relationship_id))
    if again:
        Waiting.objects.filter(pk=waiting.pk).update(told_at=None)
    if made or again:
        due = clock.now() + PATIENCE
        enqueue(TELL_WAITING, run_after=due, relationship_id=relationship_id, person_id=person_id)


def _was_here(relationship: Relationship, person: Person) -> None:
    """After being told, the next burst is told of again. One that began in this very moment has its look planned."""
    told = Waiting.objects.filter(relationship=relationship, person=person, told_at__isnull=False)
    if not told.exists():
        return
    locked(relationship.pk)
    number = max(told.values_list("told_number", flat=True), default=0)
    told.delete()
    if oldest_unseen(person.pk, relationship.pk, after=number):
        _plan_look(relationship.pk, person.pk)
        Waiting.objects.filter(relationship=relationship, person=person).update(told_number=number)
