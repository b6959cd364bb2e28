"""Who has said by which day they answer."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef

from throughline.commitments.queries import undertaken_at
from throughline.messaging.domain.promises import Promised
from throughline.messaging.kinds import MESSAGE
from throughline.messaging.models import Message


def promised_at(message_ids: Collection[UUID]) -> dict[UUID, tuple[Promised, ...]]:
    """By message. One query; none without messages."""
    found: dict[UUID, tuple[Promised, ...]] = {}
    for one in undertaken_at(MESSAGE, message_ids):
        said = Promised(one.owner_id, one.due, one.until, one.open)
        found[one.origin_id] = (*found.get(one.origin_id, ()), said)
    return found


def waiting_for_person(person_id: UUID) -> list[Message]:
    """What asks this person for an answer by a day, and has none of theirs yet, in everything that goes on."""
    own = Message.objects.filter(sender=person_id, relationship=OuterRef("relationship"), number__gt=OuterRef("number"))
    here = Message.objects.filter(
        relationship__memberships__person=person_id,
        relationship__memberships__left_at=None,
        relationship__ending__isnull=True,
    )
    rows = here.filter(please_answer=True, deleted_at=None, answer_by__isnull=False).exclude(sender=person_id)
    return list(rows.filter(~Exists(own)).select_related("answers").order_by("relationship", "number"))


def waits_for(message: Message, person_id: UUID) -> bool:
    """Whether it asks this person for an answer and they have not written since. One query."""
    if not message.please_answer or message.deleted_at or message.sender_id == person_id:
        return False
    return not Message.objects.filter(
        relationship=message.relationship_id, sender=person_id, number__gt=message.number
    ).exists()
