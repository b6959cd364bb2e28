"""Who is in a topic and where, kept by the server for as long as they say so. Names are ours, never the client's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

from throughline.foundation import clock
from throughline.foundation.live.topics import Message, Seat

STALE = 45.0
"""Seconds after which somebody who says nothing is gone. Clients say it again every 15."""
LONGEST = 2000


@dataclass(frozen=True)
class Here:
    person_id: UUID
    cursor: Any
    at: float


class Presence:
    def __init__(self) -> None:
        self._here: dict[str, dict[str, Here]] = {}
        self._names: dict[UUID, str] = {}
        self._lock = Lock()

    def know(self, names: dict[UUID, str]) -> None:
        with self._lock:
            if len(self._names) > 50_000:
                self._names.clear()
            self._names.update(names)

    def say(self, seat: Seat, cursor: Any) -> Message | None:
        """Somebody is here, perhaps with a cursor. What the others are told; None when it is too long."""
        if cursor is not None and len(json.dumps(cursor)) > LONGEST:
            return None
        here = Here(seat.person_id, cursor, clock.monotonic())
        with self._lock:
            self._here.setdefault(seat.topic, {})[seat.connection] = here
            return {"here": [self._said(seat.connection, here)]}

    def roster(self, topic: str, but: str) -> list[Message]:
        """Everybody known to be here, but one connection."""
        fresh = clock.monotonic() - STALE
        with self._lock:
            here = self._here.get(topic, {})
            for connection in [connection for connection, one in here.items() if one.at < fresh]:
                del here[connection]
            return [self._said(connection, one) for connection, one in here.items() if connection != but]

    def gone(self, seat: Seat) -> None:
        with self._lock:
            here = self._here.get(seat.topic, {})
            here.pop(seat.connection, None)
            if not here:
                self._here.pop(seat.topic, None)

    def _said(self, connection: str, here: Here) -> Message:
        return {
            "id": connection,
            "person": here.person_id.hex,
            "name": self._names.get(here.person_id, ""),
            "cursor": here.cursor,
        }
