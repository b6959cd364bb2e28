"""A topic for tests: a board on which everybody in the group may write, kept in memory."""

from __future__ import annotations

from threading import Lock
from typing import Any
from uuid import UUID

from throughline.foundation.live.topics import Message, Refused, Seat, Topic, publish


class Board(Topic):
    kind = "board"

    def __init__(self) -> None:
        self.members: set[UUID] = set()
        self.written: dict[tuple[UUID, str], str] = {}
        self.left_by: list[UUID] = []
        self._lock = Lock()

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        return person_id in self.members

    def joined(self, seat: Seat, seen: Any) -> list[Message | bytes]:
        texts = list(self.written.values())
        return [{"text": text} for text in texts[int(seen or 0) :]]

    def received(self, seat: Seat, message: Message) -> Message:
        if not isinstance(message.get("text"), str):
            raise Refused("no-text")
        if message["text"] == "break":
            raise RuntimeError("a fault of ours")
        with self._lock:
            at = (seat.person_id, message["id"])
            if at not in self.written:
                self.written[at] = message["text"]
                publish(seat.topic, {"text": message["text"]})
        return {"length": len(message["text"])}

    def relayed(self, seat: Seat, message: Message, seats: list[Seat]) -> list[tuple[Seat, Message]]:
        return [(other, {"wave": message}) for other in seats if other.connection != seat.connection]

    def received_bytes(self, seat: Seat, frame: bytes, seats: list[Seat]) -> list[tuple[Seat, bytes]]:
        return [(other, frame) for other in seats if other.connection != seat.connection]

    def relayed_bytes(self, seat: Seat, frame: bytes, seats: list[Seat]) -> list[tuple[Seat, bytes]]:
        return [(other, frame) for other in seats]

    def left(self, seat: Seat) -> None:
        self.left_by.append(seat.person_id)
