"""What a room says about its topics: who may join, what a newcomer lacks, what a message does.

A topic is named "<kind>:<uuid>" ("call:0190…"). A room subclasses Topic once for each kind in its `sockets.py`
and registers an instance in its AppConfig.ready. Methods marked [database] run in the bounded executor and may
use Django; those marked [loop] run on the event loop, must not block, and never touch the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

Message = dict[str, Any]


@dataclass(frozen=True)
class Seat:
    """One connection's place in one topic. Two tabs of one person are two seats."""

    connection: str
    person_id: UUID
    topic: str
    subject_id: UUID


class Topic:
    """The behaviour of one kind of topic. Every method has a quiet default."""

    kind: ClassVar[str]

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        """[database] Asked when joining and again every 30 s; False closes the seat."""
        raise NotImplementedError

    def joined(self, seat: Seat, seen: Any) -> list[Message | bytes]:
        """[database] What the client lacks, given what it says it has seen. Sent before anything live."""
        return []

    def received(self, seat: Seat, message: Message) -> Message:
        """[database] A message that must not be lost. What it returns is the acknowledgement, sent after commit."""
        raise NotImplementedError

    def relayed(self, seat: Seat, message: Message, seats: list[Seat]) -> list[tuple[Seat, Message]]:
        """[loop] A message that is only passed on (signalling, presence): whom it goes to, and as what."""
        return []

    def received_bytes(self, seat: Seat, frame: bytes, seats: list[Seat]) -> list[tuple[Seat, bytes]]:
        """[loop] A binary frame (a document's update): whom it goes to. Storing it is the topic's own affair."""
        return []

    def left(self, seat: Seat) -> None:
        """[database] The seat is gone: closed, lost, or no longer allowed."""


_topics: dict[str, Topic] = {}


def register_topic(topic: Topic) -> None:
    _topics[topic.kind] = topic


def topic_of(kind: str) -> Topic | None:
    return _topics.get(kind)


# Set by the hub of this process; a worker sets one that writes to its pipe.
_publisher: Callable[[str, Message], None] | None = None


def publish_through(publisher: Callable[[str, Message], None]) -> None:
    global _publisher
    _publisher = publisher


def publish(topic: str, message: Message) -> None:
    """Send to everybody seated in the topic, from any thread. Call it after commit: `on_commit(partial(publish, …))`.

    A hint, never the only way to learn something: what it says can be read again on resync.
    """
    if _publisher:
        _publisher(topic, message)
