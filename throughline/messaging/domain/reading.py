"""What a page of messages shows beside their words: where days begin, how far others read, what was answered.

Messages are (number, sender, instant), oldest first. Numbers count from 1 within a conversation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Said:
    number: int
    sender_id: UUID
    sent_at: datetime


def day_beginnings(messages: Iterable[Said], zone: ZoneInfo) -> dict[int, date]:
    """The number of the first message of each day in this zone, with the day."""
    found: dict[int, date] = {}
    current: date | None = None
    for message in messages:
        day = message.sent_at.astimezone(zone).date()
        if day != current:
            found[message.number] = current = day
    return found


def seen_at(messages: Sequence[Said], me: UUID, markers: Mapping[UUID, int]) -> dict[int, tuple[UUID, ...]]:
    """Each other person stands at the last of my messages that they have seen."""
    own = [message.number for message in messages if message.sender_id == me]
    found: dict[int, tuple[UUID, ...]] = {}
    for person_id, marker in markers.items():
        read = [number for number in own if number <= marker]
        if person_id != me and read:
            found[read[-1]] = (*found.get(read[-1], ()), person_id)
    return found


def is_answered(message: Said, last_words: Mapping[UUID, int]) -> bool:
    """Somebody other than its sender has written after it."""
    return any(last > message.number for person_id, last in last_words.items() if person_id != message.sender_id)
