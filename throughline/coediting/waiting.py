"""Updates that were relayed and are not stored yet, in this process."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Condition
from uuid import UUID

from throughline.foundation import clock
from throughline.foundation.live.topics import Seat

MOST = 64 * 1024 * 1024
"""Bytes; a writer that falls further behind refuses more, and clients keep their copies."""


@dataclass(frozen=True)
class Waiting:
    """An update on its way to the log. `number` is the sender's own count, told back when it is stored."""

    seat: Seat
    number: int
    update: bytes

    @property
    def document_id(self) -> UUID:
        return self.seat.subject_id


class Queue:
    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._writing: list[Waiting] = []
        self._size = 0
        self._change = Condition()
        self._closing = False

    def put(self, one: Waiting) -> bool:
        """From the event loop; never blocks on the database. False when too much waits."""
        with self._change:
            if self._size + len(one.update) > MOST:
                return False
            self._size += len(one.update)
            self._waiting.append(one)
            self._change.notify_all()
        return True

    def of(self, document_id: UUID) -> list[bytes]:
        """Ask before reading the log, so that nothing falls between."""
        with self._change:
            return [one.update for one in self._writing + self._waiting if one.document_id == document_id]

    def take(self) -> list[Waiting]:
        """Everything, once there is something; nothing when the queue closes."""
        with self._change:
            while not self._waiting and not self._closing:
                self._change.wait()
            self._writing, self._waiting = self._waiting, []
            return self._writing

    def done(self) -> None:
        """What was taken is stored, or refused."""
        with self._change:
            self._size -= sum(len(one.update) for one in self._writing)
            self._writing = []

    def put_back(self) -> None:
        """What was taken could not be stored for now."""
        with self._change:
            self._waiting = self._writing + self._waiting
            self._writing = []

    def rest(self, until: float) -> None:
        """Until a moment of the monotonic clock, or until the queue closes."""
        with self._change:
            while not self._closing and (left := until - clock.monotonic()) > 0:
                self._change.wait(left)

    def close(self, closing: bool = True) -> None:
        with self._change:
            self._closing = closing
            self._change.notify_all()


queue = Queue()
