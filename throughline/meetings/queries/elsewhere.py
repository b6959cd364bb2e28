"""The room elsewhere that a pair uses now, and how often it was."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from throughline.meetings.domain.rooms import room_of
from throughline.meetings.models import OutsideRoom


@dataclass(frozen=True)
class Outside:
    """host: shown plainly wherever a button leads there. name: what it is called, "" where we do not know it."""

    url: str
    host: str
    name: str
    by_id: UUID


def outside_room_of(relationship_id: UUID) -> Outside | None:
    """None while meetings are here. One query."""
    row = OutsideRoom.objects.filter(relationship_id=relationship_id, ended_at=None).first()
    if row is None:
        return None
    room = room_of(row.url)
    return Outside(room.url, room.host, room.name, row.by_id)
