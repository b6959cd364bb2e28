"""Sending: once for each id that a sender's browser made, with the next number of the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.agreements.queries import answer_due
from throughline.foundation import clock
from throughline.foundation.live.topics import publish
from throughline.ledger.actions import record
from throughline.messaging.actions.keeping import enclose
from throughline.messaging.actions.locking import locked, topic_of
from throughline.messaging.actions.promising import keep_promises
from throughline.messaging.actions.refusing import CannotSendError, cleaned, refuse_unfit
from throughline.messaging.actions.seeing import plan_telling
from throughline.messaging.contacts import fact_of
from throughline.messaging.models import Message, Via
from throughline.messaging.queries import earlier_words_of, line_of, shown

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


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
    files: Sequence[UUID] = (),
) -> Message:
    """Once for each client_id of a sender: sent again, it answers with the message that is there already.

    answers: the id of the message of this conversation that it replies to. via: how it came to us. files: ids of what
    keep_file or keep_piece kept of this sender; with one, text may be empty.
    Raises CannotSendError with a sentence. Whoever has not seen it within PATIENCE is told by mail, once a burst.
    """
    text = cleaned(text)
    conversation = locked(relationship.pk)
    known = Message.objects.select_related("relationship").filter(sender=by, client_id=client_id).first()
    if known:
        return _same(known, relationship, text)
    refuse_unfit(relationship.pk, text, alone=not files)
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
    enclosed = shown(enclose(message, files)) if files else ()
    record(fact_of(message))
    keep_promises(relationship_id=relationship.pk, by=by)
    plan_telling(relationship, by)
    transaction.on_commit(partial(publish, topic_of(relationship.pk), line_of(message, files=enclosed).as_json()))
    return message


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
