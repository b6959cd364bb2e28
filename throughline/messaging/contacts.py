"""Messages as facts for the ledger: that one was sent, never what it said."""

from __future__ import annotations

from collections.abc import Iterator

from throughline.ledger.domain.facts import Fact, Kind, Medium, Part
from throughline.messaging.models import Message


def fact_of(message: Message) -> Fact:
    return Fact(
        source=f"messaging.Message:{message.pk}",
        relationship_id=message.relationship_id,
        kind=Kind.MESSAGE,
        medium=Medium.TEXT,
        started_at=message.sent_at,
        ended_at=message.sent_at,
        initiator_id=message.sender_id,
        parts=(Part(message.sender_id),),
    )


def facts() -> Iterator[Fact]:
    """Every message, for rebuilding the ledger."""
    for message in Message.objects.defer("text").iterator():
        yield fact_of(message)
