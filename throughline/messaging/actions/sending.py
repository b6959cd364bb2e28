"""Sending: once for each id that a sender's browser made, with the next number of the conversation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.agreements.queries import answer_due
from throughline.foundation import clock
from throughline.foundation.live.topics import publish
from throughline.ledger.actions import record
from throughline.messaging.actions.locking import locked, topic_of
from throughline.messaging.actions.seeing import plan_telling
from throughline.messaging.contacts import fact_of
from throughline.messaging.domain.limits import LONGEST
from throughline.messaging.models import Message, Via
from throughline.messaging.queries import earlier_words_of, line_of
from throughline.relationships.access import is_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


class CannotSendError(ValueError):
    """Why a message was not taken: a sentence for its sender, in the language that is active."""


@transaction.atomic
def send_message(
    *,
    relationship: Relationship,
    by: Person,
    client_id: UUID,
    text: str,
    please_answer: bool = False,
    answers: UUID | None = None,
    via: Via = Via.PAGE,
) -> Message:
    """Once for each client_id of a sender: sent again, it answers with the message that is there already.

    answers: the id of the message of this conversation that it replies to. via: how it came to us.
    Raises CannotSendError with a sentence. Whoever has not seen it within PATIENCE is told by mail, once a burst.
    """
    text = cleaned(text)
    conversation = locked(relationship.pk)
    known = Message.objects.select_related("relationship").filter(sender=by, client_id=client_id).first()
    if known:
        return _same(known, relationship, text)
    refuse_unfit(relationship.pk, text)
    original = _replied_to(relationship, answers) if answers else None
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
        answers=original,
        via=via,
    )
    record(fact_of(message))
    plan_telling(relationship, by)
    transaction.on_commit(partial(publish, topic_of(relationship.pk), line_of(message).as_json()))
    return message


def cleaned(text: str) -> str:
    """As it is kept: without what no browser would send, and without empty lines around it."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def refuse_unfit(relationship_id: UUID, text: str) -> None:
    """Raises CannotSendError when these words cannot be a message here."""
    if not text:
        raise CannotSendError(_("There is nothing in this message yet."))
    if len(text) > LONGEST:
        words = _("A message holds at most %(most)d characters; this one has %(length)d. Send it in parts.")
        raise CannotSendError(words % {"most": LONGEST, "length": len(text)})
    if not is_open(relationship_id):
        raise CannotSendError(_("This relationship has ended: you can read here, and no longer write."))


def _same(known: Message, relationship: Relationship, text: str) -> Message:
    """What was sent before, if it is the same: other words under its id would otherwise be lost without a word.

    It may have been edited or deleted since it was sent; then it is the first words that count.
    """
    first = next(iter(earlier_words_of(known)), known) if known.edited_at else known
    if known.relationship_id != relationship.pk or (first.text != text and not known.deleted_at):
        raise CannotSendError(_("This was sent before with other words. Send it once more to send it as it is now."))
    return known


def _replied_to(relationship: Relationship, message_id: UUID) -> Message:
    original = Message.objects.filter(pk=message_id, relationship=relationship).first()
    if original is None:
        raise CannotSendError(_("The message that this replies to is not in this conversation. Send it on its own."))
    return original
