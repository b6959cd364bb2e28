"""What people do in a conversation: send, and have seen; and telling those whom a message waits for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.agreements.queries import answer_due
from throughline.foundation import clock
from throughline.foundation.jobs.registry import enqueue
from throughline.foundation.live.topics import publish
from throughline.ledger.actions import record
from throughline.messaging.contacts import fact_of
from throughline.messaging.domain.limits import LONGEST, PATIENCE
from throughline.messaging.kinds import TELL_WAITING, WAITING
from throughline.messaging.models import Conversation, Message, SeenMarker, Waiting
from throughline.messaging.queries import line_of, oldest_unseen
from throughline.notices.actions import notify
from throughline.relationships.access import is_open
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


class CannotSendError(ValueError):
    """Why a message was not taken: a sentence for its sender, in the language that is active."""


@transaction.atomic
def send_message(
    *, relationship: Relationship, by: Person, client_id: UUID, text: str, please_answer: bool = False
) -> Message:
    """Once for each client_id of a sender: sent again, it answers with the message that is there already.

    Raises CannotSendError with a sentence. Whoever has not seen it within PATIENCE is told by mail, once a burst.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    conversation = _locked(relationship)
    known = Message.objects.select_related("relationship").filter(sender=by, client_id=client_id).first()
    if known:
        return _same(known, relationship, text)
    _refuse_unfit(relationship, text)
    conversation.last_number += 1
    conversation.save(update_fields=["last_number"])
    now = clock.now()
    message = Message.objects.create(
        sent_at=now,
        relationship=relationship,
        number=conversation.last_number,
        sender=by,
        client_id=client_id,
        text=text,
        please_answer=please_answer,
        answer_by=answer_due(relationship.pk, asked_by_id=by.pk, at=now) if please_answer else None,
    )
    record(fact_of(message))
    _plan_telling(relationship, by)
    transaction.on_commit(partial(publish, topic_of(relationship.pk), line_of(message).as_json()))
    return message


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
    """Mail somebody whose oldest unseen message is older than PATIENCE; look again later when it is younger."""
    Conversation.objects.select_for_update().filter(relationship_id=relationship_id).first()  # as sending does
    waiting = Waiting.objects.filter(relationship_id=relationship_id, person_id=person_id).first()
    if waiting is None or waiting.told_at:
        return
    oldest = oldest_unseen(person_id, relationship_id)
    if oldest is None:
        waiting.delete()
        return
    due = oldest.sent_at + PATIENCE
    if due > clock.now():
        enqueue(TELL_WAITING, run_after=due, relationship_id=relationship_id, person_id=person_id)
        return
    waiting.told_at = clock.now()
    waiting.save(update_fields=["told_at"])
    notify(
        kind=WAITING,
        recipient=waiting.person,
        address=reverse("messaging:conversation", args=[relationship_id]),
        relationship_id=relationship_id,
        waiting_id=waiting.pk,
        message_id=oldest.pk,
    )


def topic_of(relationship_id: UUID) -> str:
    return f"conversation:{relationship_id}"


def _locked(relationship: Relationship) -> Conversation:
    Conversation.objects.get_or_create(relationship=relationship)
    return Conversation.objects.select_for_update().get(relationship=relationship)


def _same(known: Message, relationship: Relationship, text: str) -> Message:
    """What was sent before, if it is the same: other words under its id would otherwise be lost without a word."""
    if known.relationship_id != relationship.pk or known.text != text:
        raise CannotSendError(_("This was sent before with other words. Send it once more to send it as it is now."))
    return known


def _refuse_unfit(relationship: Relationship, text: str) -> None:
    if not text:
        raise CannotSendError(_("There is nothing in this message yet."))
    if len(text) > LONGEST:
        words = _("A message holds at most %(most)d characters; this one has %(length)d. Send it in parts.")
        raise CannotSendError(words % {"most": LONGEST, "length": len(text)})
    if not is_open(relationship.pk):
        raise CannotSendError(_("This relationship has ended: you can read here, and no longer write."))


def _plan_telling(relationship: Relationship, by: Person) -> None:
    for member in members_of(relationship.pk):
        if member.person_id != by.pk:
            _plan_look(relationship.pk, member.person_id)


def _plan_look(relationship_id: UUID, person_id: UUID) -> None:
    """Unless one is planned, or they were told and have not been here since."""
    _waiting, made = Waiting.objects.get_or_create(relationship_id=relationship_id, person_id=person_id)
    if made:
        due = clock.now() + PATIENCE
        enqueue(TELL_WAITING, run_after=due, relationship_id=relationship_id, person_id=person_id)


def _was_here(relationship: Relationship, person: Person) -> None:
    """After being told, the next burst is told of again. One that began in this very moment has its look planned."""
    told = Waiting.objects.filter(relationship=relationship, person=person, told_at__isnull=False)
    if not told.exists():
        return
    _locked(relationship)
    told.delete()
    if oldest_unseen(person.pk, relationship.pk):
        _plan_look(relationship.pk, person.pk)
