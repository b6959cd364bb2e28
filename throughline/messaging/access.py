"""The only way to a conversation and its messages for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from throughline.messaging.kinds import thing_of
from throughline.messaging.models import Enclosure, Message
from throughline.relationships.access import is_member, relationship_for

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship
    from throughline.relationships.things import Thing


def conversation_for(person: Person, relationship_id: UUID) -> Relationship:
    """The relationship whose conversation this is. Raises Http404 to everybody who is not in it."""
    return relationship_for(person, relationship_id)


def message_for(person: Person, message_id: UUID) -> Message:
    """Raises Http404."""
    message = Message.objects.filter(pk=message_id).select_related("sender", "answers", "relationship").first()
    if message is None or not is_member(person.pk, message.relationship_id):
        raise Http404
    return message


def message_in(person: Person, relationship: Relationship, message_id: UUID) -> Message:
    """The same, of this conversation alone. Raises Http404."""
    message = message_for(person, message_id)
    if message.relationship_id != relationship.pk:
        raise Http404
    return message


def file_for(person: Person, file_id: UUID) -> Enclosure:
    """A file that is whole: of a message, or one's own that is not sent yet. Raises Http404."""
    found = Enclosure.objects.filter(pk=file_id, ready_at__isnull=False).first()
    if found is None or not is_member(person.pk, found.relationship_id):
        raise Http404
    if found.message_id is None and found.by_id != person.pk:
        raise Http404
    return found


def thing_for(person: Person, message_id: UUID) -> Thing:
    """A message as a thing. Raises Http404."""
    message = message_for(person, message_id)
    return thing_of(message.pk, message.relationship_id, message.number, message.sender.called)
