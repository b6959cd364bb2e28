"""What can be done with a message that is there: other words, a sign, and taking it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.messaging.actions.keeping import forget_files_of
from throughline.messaging.actions.locking import changed, locked
from throughline.messaging.actions.promising import release_from
from throughline.messaging.actions.refusing import CannotSendError, cleaned, refuse_unfit
from throughline.messaging.domain.limits import SIGNS
from throughline.messaging.models import Enclosure, Letter, Message, Reaction, Wording
from throughline.messaging.queries import Line, lines_of
from throughline.relationships.access import is_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def edit_message(*, message: Message, by: Person, text: str) -> Line:
    """Other words for one's own message; those before stay readable for everybody in the conversation.

    Raises CannotSendError with a sentence. The same words again change nothing.
    """
    text = cleaned(text)
    conversation = locked(message.relationship_id)
    message = _now(message)
    if message.sender_id != by.pk:
        raise CannotSendError(_("Only whoever wrote a message can change its words."))
    if message.deleted_at:
        raise CannotSendError(_("This message was deleted. Send these words as a new one."))
    if text == message.text:
        [line] = lines_of([message])
        return line
    refuse_unfit(message.relationship_id, text, alone=not Enclosure.objects.filter(message=message).exists())
    Wording.objects.create(
        relationship_id=message.relationship_id,
        message=message,
        text=message.text,
        written_at=message.edited_at or message.sent_at,
    )
    message.text, message.edited_at = text, clock.now()
    return changed(conversation, message, "text", "edited_at")


@transaction.atomic
def delete_message(*, message: Message, by: Person) -> Line:
    """Take away one's own words, their earlier wordings, its files and what others left at it. That a message was sent,
    when and by whom stays, for the conversation and for the ledger. Also after the relationship has ended.

    Raises CannotSendError with a sentence. Deleting it again changes nothing.
    """
    conversation = locked(message.relationship_id)
    message = _now(message)
    if message.sender_id != by.pk:
        raise CannotSendError(_("Only whoever wrote a message can delete it."))
    if message.deleted_at:
        [line] = lines_of([message])
        return line
    Wording.objects.filter(message=message).delete()
    Reaction.objects.filter(message=message).delete()
    forget_files_of(message)
    Letter.objects.filter(message=message).delete()
    release_from(message=message, by=by)
    message.text, message.deleted_at = "", clock.now()
    return changed(conversation, message, "text", "deleted_at")


@transaction.atomic
def react(*, message: Message, by: Person, sign: str) -> Line:
    """Leave one of SIGNS at a message, in place of one's own before; "" takes it back. No contact, and no notice.

    Raises CannotSendError with a sentence. What is so already changes nothing.
    """
    conversation = locked(message.relationship_id)
    message = _now(message)
    if sign and sign not in SIGNS:
        raise CannotSendError(_("This sign is not one of those that can be left here."))
    if message.deleted_at or not is_open(message.relationship_id):
        raise CannotSendError(_("Nothing can be left at this message any more."))
    own = Reaction.objects.filter(message=message, person=by).first()
    if (own.sign if own else "") == sign:
        [line] = lines_of([message])
        return line
    if own:
        own.delete()
    if sign:
        Reaction.objects.create(relationship_id=message.relationship_id, message=message, person=by, sign=sign)
    return changed(conversation, message)


def _now(message: Message) -> Message:
    """As it is under the conversation's lock."""
    return Message.objects.select_related("answers").get(pk=message.pk)
