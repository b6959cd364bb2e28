"""What a message is to other rooms: a thing with a title that tells nothing of what it says; and our one notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from throughline.agreements.domain.obeyed import Obeyed
from throughline.foundation.places import address_of
from throughline.messaging.models import Message, SeenMarker, Waiting
from throughline.notices.domain.kinds import NoticeKind
from throughline.notices.domain.topics import Topic
from throughline.relationships.things import Thing

MESSAGE = "messaging.message"
WAITING = "messaging.waiting"
WORDS = "messaging.words"  # the same, to those whose mail says what was written
REPLY = "messaging.reply"  # an answer by mail
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
    named = ids.get("reader_id")
    recipient = UUID(named) if named else Waiting.objects.values_list("person_id", flat=True).get(pk=ids["waiting_id"])
    since = Message.objects.only("relationship_id", "number").get(pk=ids["message_id"])
    asking = Message.objects.filter(relationship=since.relationship_id, number__gte=since.number, please_answer=True)
    return not asking.exclude(sender_id=recipient).exists()


OBEYED = Obeyed(
    "messaging",
    ("responses.mentor", "responses.mentee", "responses.mentor_hours", "responses.mentee_hours"),
    _l("A message that asks for an answer says by when, on each one's own clock. Days away and holidays do not count."),
)
"""The signed terms that this room acts on."""


def _words(ids: Mapping[str, str]) -> dict[str, Any]:
    """What was written from one number to another. Raises LookupError when all was deleted or seen meanwhile."""
    reader = UUID(ids["reader_id"])
    first = Message.objects.get(pk=ids["message_id"])
    rows = Message.objects.filter(relationship_id=first.relationship_id, number__gte=first.number, deleted_at=None)
    seen = SeenMarker.objects.filter(relationship_id=first.relationship_id, person=reader).values("number")
    rows = rows.filter(number__gt=Coalesce(Subquery(seen), 0), number__lte=ids["last"])
    said = list(rows.exclude(sender=reader).select_related("sender"))
    if not said:
        raise LookupError("all of it was deleted, or seen")
    return {"said": sorted(said, key=lambda one: one.number), "sender": said[0].sender, "says_words": True}


_COMMON: dict[str, Any] = {"agreed": True, "topic": Topic.MESSAGES, "thread": "conversation", "answer": REPLY}
NOTICES = [
    NoticeKind(WAITING, "messaging/notices/waiting.txt", may_wait=_may_wait, values=_still_waiting, **_COMMON),
    NoticeKind(WORDS, "messaging/notices/words.txt", may_wait=_may_wait, values=_words, **_COMMON),
]
