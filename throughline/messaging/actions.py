"""What people do in a conversation: send, and have seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.foundation import clock
from throughline.foundation.live.topics import publish
from throughline.ledger.actions import record
from throughline.messaging.contacts import fact_of
from throughline.messaging.domain.limits import LONGEST
from throughline.messaging.models import Conversation, Message, SeenMarker
from throughline.messaging.queries import line_of
from throughline.relationships.access import is_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


class CannotSendError(ValueError):
    """Why a message was not taken: a sentence for its sender."""


@transaction.atomic
def send_message(
    *, relationship: Relationship, by: Person, client_id: UUID, text: str, please_answer: bool = False
) -> Message:
    """Once for each client_id of a sender: sent again, it answers with the message that is there already.

    Raises CannotSendError with a sentence. The sender's own seen marker rises to the message.
    """
    text = _checked(relationship, text)
    Conversation.objects.get_or_create(relationship=relationship)
    conversation = Conversation.objects.select_for_update().get(relationship=relationship)
    known = Message.objects.filter(sender=by, client_id=client_id).first()
    if known:
        return known
    conversation.last_number += 1
    conversation.save(update_fields=["last_number"])
    message = Message.objects.create(
        relationship=relationship,
        number=conversation.last_number,
        sender=by,
        client_id=client_id,
        text=text,
        please_answer=please_answer,
    )
    mark_seen(relationship=relationship, by=by, number=message.number)
    record(fact_of(message))
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
        seen = {"type": "seen", "person": str(by.pk), "number": number}
        transaction.on_commit(partial(publish, topic_of(relationship.pk), seen))


def topic_of(relationship_id: UUID) -> str:
    return f"conversation:{relationship_id}"


def _checked(relationship: Relationship, text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise CannotSendError("There is nothing in this message yet.")
    if len(text) > LONGEST:
        raise CannotSendError(f"A message holds at most {LONGEST} characters; this one has {len(text)}.")
    if not is_open(relationship.pk):
        raise CannotSendError("This relationship has ended: you can read here, and no longer write.")
    return text
