"""What a message is to other rooms: a thing with a title that tells nothing of what it says; and our one notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from throughline.agreements.domain.obeyed import Obeyed
from throughline.foundation.places import address_of
from throughline.messaging.models import Message, Waiting
from throughline.notices.domain.kinds import NoticeKind
from throughline.relationships.things import Thing

MESSAGE = "messaging.message"
WAITING = "messaging.waiting"
TELL_WAITING = "messaging.tell_waiting"  # the job


def thing_of(message_id: UUID, relationship_id: UUID, number: int, sender: str) -> Thing:
    """sender: what its writer is called."""
    address = address_at(relationship_id, number)
    return Thing(MESSAGE, message_id, _("Message from %(name)s") % {"name": sender}, address)


def address_at(relationship_id: UUID, number: int) -> str:
    """Where a message stands among the others."""
    return f"{address_of('messaging:conversation', relationship_id)}?around={number}#m{number}"


def address_of_message(message: Message) -> str:
    return address_at(message.relationship_id, message.number)


def _still_waiting(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises DoesNotExist when they have been there meanwhile (quiet hours are long), and then nothing is sent."""
    Waiting.objects.get(pk=ids["waiting_id"])
    return {"sender": Message.objects.select_related("sender").get(pk=ids["message_id"]).sender}


def _may_wait(ids: Mapping[str, str]) -> bool:
    """Not what asks for an answer, or stands before what does."""
    recipient = Waiting.objects.values_list("person_id", flat=True).get(pk=ids["waiting_id"])
    since = Message.objects.only("relationship_id", "number").get(pk=ids["message_id"])
    asking = Message.objects.filter(relationship=since.relationship_id, number__gte=since.number, please_answer=True)
    return not asking.exclude(sender_id=recipient).exists()


OBEYED = Obeyed(
    "messaging",
    ("responses.mentor", "responses.mentee", "responses.mentor_hours", "responses.mentee_hours"),
    _l("A message that asks for an answer says by when, on each one's own clock. Days away and holidays do not count."),
)
"""The signed terms that this room acts on."""

NOTICE = NoticeKind(WAITING, "messaging/notices/waiting.txt", agreed=True, may_wait=_may_wait, values=_still_waiting)
