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


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """What a client asked is refused for good. The reason is a word for the client, never content."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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
        """[database] What the client lacks, given what it says it has seen. Sent before anything live.

        Asked again for the same seat after a gap, so it must be harmless when repeated. May raise Refused.
        """
        return []

    def received(self, seat: Seat, message: Message) -> Message:
        """[database] A message that must not be lost. What it returns is the acknowledgement, sent after commit.

        message["id"] is the client's own UUID of this send. The same send may come again (its acknowledgement was
        lost): keep (person, id) unique and answer the same. Raises Refused when it will never be taken.
        """
        raise Refused("not-taken")

    def relayed(self, seat: Seat, message: Message, seats: list[Seat]) -> list[tuple[Seat, Message]]:
        """[loop] A message that is only passed on (signalling, presence): whom it goes to, and as what.

        With several web processes each is asked, with the seats that it holds; `seat` may then be of another process.
        """
        return []

    def received_bytes(self, seat: Seat, frame: bytes, seats: list[Seat]) -> list[tuple[Seat, bytes]]:
        """[loop] A binary frame (a document's update): whom it goes to. Storing it is the topic's own affair."""
        return []

    def relayed_bytes(self, seat: Seat, frame: bytes, seats: list[Seat]) -> list[tuple[Seat, bytes]]:
        """[loop] The same frame in each other web process, with the seats held there."""
        return []

    def left(self, seat: Seat) -> None:
        """[database] The seat is gone: closed, lost, or no longer allowed."""

    def closing(self) -> None:
        """[database] The process ends, every seat was left: store what still waits."""


_topics: dict[str, Topic] = {}


def register_topic(topic: Topic) -> None:
    _topics[topic.kind] = topic


def all_topics() -> list[Topic]:
    return list(_topics.values())


def topic_of(kind: str) -> Topic | None:
    return _topics.get(kind)


@dataclass(frozen=True)
class Ways:
    """How this process reaches seats. The hub sets its own; a worker sets one that writes to its pipe."""

    publish: Callable[[str, Message], None]
    tell: Callable[[Seat, Message | bytes], None] = lambda seat, message: None
    dismiss: Callable[[Seat, str], None] = lambda seat, reason: None


_ways = Ways(lambda topic, message: None)


def reach_through(ways: Ways) -> Ways:
    """Set the ways of this process; returns those before, so that a test can put them back."""
    global _ways
    before, _ways = _ways, ways
    return before


def publish_through(publisher: Callable[[str, Message], None]) -> None:
    """For a process without sockets, such as a worker: only publishing."""
    reach_through(Ways(publisher))


def publish(topic: str, message: Message) -> None:
    """Send to everybody seated in the topic, from any thread. Call it after commit: `on_commit(partial(publish, …))`.

    A hint, never the only way to learn something: what it says can be read again on resync.
    """
    _ways.publish(topic, message)


def tell(seat: Seat, message: Message | bytes) -> None:
    """Send to one seat of this process, from any thread: an acknowledgement that comes later."""
    _ways.tell(seat, message)


def dismiss(seat: Seat, reason: str) -> None:
    """Close one seat of this process, from any thread; the client hears the reason and stays away."""
    _ways.dismiss(seat, reason)


# Topics that no client can join: what the hubs say to each other.
SESSION_ENDED = "~session"
RECHECK_PERSON = "~person"
RECHECK_TOPIC = "~topic"
RESYNC = "~resync"


def access_changed(*, topic: str = "", person_id: UUID | None = None) -> None:
    """Ask `may_join` again at once: of everybody in a topic, or of one person in all theirs. Call it after commit."""
    if topic:
        publish(RECHECK_TOPIC, {"topic": topic})
    if person_id:
        publish(RECHECK_PERSON, {"person": person_id.hex})


def session_ended(session: str) -> None:
    """Close the sockets of a session, named by `ticket.session_name`."""
    publish(SESSION_ENDED, {"session": session})
