"""One thing at a time in one conversation, and everybody there told of it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from throughline.foundation.live.topics import publish
from throughline.messaging.models import Conversation, Message
from throughline.messaging.queries import Line, lines_of


def topic_of(relationship_id: UUID) -> str:
    return f"conversation:{relationship_id}"


def locked(relationship_id: UUID) -> Conversation:
    """The conversation, nobody else's until the end of the transaction; the first to need it makes it."""
    Conversation.objects.get_or_create(relationship_id=relationship_id)
    return Conversation.objects.select_for_update().get(relationship_id=relationship_id)


def changed(conversation: Conversation, message: Message, *fields: str) -> Line:
    """Save these fields of a message as the conversation's next change, and show it to whoever is there."""
    conversation.last_change += 1
    conversation.save(update_fields=["last_change"])
    message.change = conversation.last_change
    message.save(update_fields=["change", *fields])
    [line] = lines_of([message])
    transaction.on_commit(partial(publish, topic_of(conversation.pk), line.as_json() | {"type": "changed"}))
    return line
