"""What a conversation registers with the rooms below: a message that asks for an answer waits on Today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.messaging.access import message_for
from throughline.messaging.queries import waiting_for
from throughline.relationships.things import OpenItem, Thing, ThingKind

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.messaging.models import Message


def thing_of(message: Message) -> Thing:
    return Thing(
        "messaging.message",
        message.pk,
        _("Message from %(name)s") % {"name": message.sender.called},
        reverse("messaging:conversation", args=[message.relationship_id]) + f"#m{message.number}",
    )


def find(person: Person, message_id: UUID) -> Thing:
    return thing_of(message_for(person, message_id))


def open_items(person: Person, relationship_ids: Sequence[UUID]) -> Iterable[OpenItem]:
    for message in waiting_for(person, relationship_ids):
        act = _("%(name)s asked for an answer") % {"name": message.sender.called}
        yield OpenItem(thing_of(message), message.relationship_id, act)


MESSAGE = ThingKind("messaging.message", gettext_lazy("message"), find=find, open_items=open_items)
