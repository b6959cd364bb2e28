"""Who is seated where in this process, and how a message reaches them.

Runs on the event loop; `publish`, `tell` and `dismiss` may be called from any thread.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, Protocol
from uuid import UUID

from throughline.foundation.live import ticket, topics
from throughline.foundation.live.connection import SESSION_ENDED, Chair, Connection
from throughline.foundation.live.database import Database
from throughline.foundation.live.faults import log_fault
from throughline.foundation.live.limits import Limits
from throughline.foundation.live.topics import Message, Seat, Ways, topic_of
from throughline.foundation.live.wire import dumps


class Bridge(Protocol):
    """What carries messages to the hubs of other processes."""

    def publish(self, topic: str, message: Message) -> None: ...
    def relay(self, seat: Seat, message: Message | bytes) -> None: ...
    async def stop(self) -> None: ...


class Hub:
    def __init__(self, *, limits: Limits | None = None, threads: int = 4) -> None:
        self.limits = limits or Limits()
        self.database = Database(threads)
        self.person_of_session: Callable[[str], UUID | None] = ticket.person_of_session
        self.bridge: Bridge | None = None
        self._seats: dict[str, dict[str, Chair]] = {}
        self._connections: set[Connection] = set()
        self._people: Counter[UUID] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._before: Ways | None = None

    # ── its life ──

    def start(self) -> None:
        """On the loop that will hold the sockets."""
        self._loop = asyncio.get_running_loop()
        self._before = topics.reach_through(Ways(self.publish, self.tell, self.dismiss))
        self.spawn(self._recheck_for_ever())

    async def stop(self) -> None:
        """Closes what is open; returns when every seat was left."""
        for connection in list(self._connections):
            connection.close(1012, "restarting: come back")
        while self._connections:
            await asyncio.sleep(0.01)
        current = [task for task in self._tasks if task.get_name() != "recheck"]
        await asyncio.gather(*current, return_exceptions=True)
        for topic in topics.all_topics():
            await self.database(topic.closing)
        for task in list(self._tasks):
            task.cancel()
        if self._before:
            topics.reach_through(self._before)
        self._loop = None
        self.database.close()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _recheck_for_ever(self) -> None:
        current = asyncio.current_task()
        if current:
            current.set_name("recheck")
        while True:
            await asyncio.sleep(self.limits.recheck)
            for connection in list(self._connections):
                await self._recheck(connection)

    async def _recheck(self, connection: Connection) -> None:
        try:
            await connection.recheck()
        except Exception as error:
            log_fault("live: a recheck", error)

    # ── connections and seats ──

    @property
    def sockets(self) -> int:
        """How many are open in this process."""
        return len(self._connections)

    @property
    def people(self) -> int:
        """How many different people hold them."""
        return len(self._people)

    def enter(self, connection: Connection) -> bool:
        """False when this person has too many sockets open."""
        if self._people[connection.person_id] >= self.limits.connections:
            return False
        self._people[connection.person_id] += 1
        self._connections.add(connection)
        return True

    def exit(self, connection: Connection) -> None:
        self._connections.discard(connection)
        self._people[connection.person_id] -= 1
        if not self._people[connection.person_id]:
            del self._people[connection.person_id]

    def seat(self, chair: Chair) -> None:
        self._seats.setdefault(chair.seat.topic, {})[chair.seat.connection] = chair

    def unseat(self, chair: Chair) -> None:
        seated = self._seats.get(chair.seat.topic)
        if seated and seated.get(chair.seat.connection) is chair:
            del seated[chair.seat.connection]
            if not seated:
                del self._seats[chair.seat.topic]

    # ── from any thread ──

    def publish(self, topic: str, message: Message) -> None:
        self._on_loop(self._publish, topic, message)

    def tell(self, seat: Seat, message: Message | bytes) -> None:
        self._on_loop(self._tell, seat, message)

    def dismiss(self, seat: Seat, reason: str) -> None:
        self._on_loop(self._dismiss, seat, reason)

    def publish_from_json_line(self, line: str | bytes) -> None:
        """What a worker wrote to its pipe: {"topic": …, "message": {…}}. Raises ValueError for anything else."""
        said = json.loads(line)
        if not isinstance(said, dict) or not isinstance(said.get("message"), dict):
            raise ValueError("not a line that a worker writes")
        self.publish(str(said["topic"]), said["message"])

    def _on_loop(self, function: Callable[..., None], *arguments: Any) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            return  # nobody is seated: whoever comes reads it on joining
        loop.call_soon_threadsafe(function, *arguments)

    # ── on the loop ──

    def _publish(self, topic: str, message: Message) -> None:
        self.deliver(topic, message)
        if self.bridge:
            self.bridge.publish(topic, message)

    def deliver(self, topic: str, message: Message) -> None:
        """To the seats of this process."""
        if topic.startswith("~"):
            self._obey(topic, message)
            return
        seated = self._seats.get(topic)
        if seated:
            body = dumps(message)
            for chair in tuple(seated.values()):  # one who is too slow leaves
                chair.put_body(body)

    def _tell(self, seat: Seat, message: Message | bytes) -> None:
        if chair := self._seats.get(seat.topic, {}).get(seat.connection):
            chair.put_message(message)

    def _dismiss(self, seat: Seat, reason: str) -> None:
        if chair := self._seats.get(seat.topic, {}).get(seat.connection):
            chair.connection.dismiss(chair, reason)

    def relay(self, seat: Seat, message: Message) -> None:
        self.relay_here(seat, message)
        if self.bridge:
            self.bridge.relay(seat, message)

    def relay_bytes(self, seat: Seat, frame: bytes) -> None:
        topic = topic_of(seat.topic.partition(":")[0])
        if topic is None:
            return
        seated = self._seats.get(seat.topic, {})
        for to, piece in topic.received_bytes(seat, frame, [chair.seat for chair in seated.values()]):
            if chair := seated.get(to.connection):
                chair.put(piece)
        if self.bridge:
            self.bridge.relay(seat, frame)

    def relay_here(self, seat: Seat, message: Message) -> None:
        topic = topic_of(seat.topic.partition(":")[0])
        seated = self._seats.get(seat.topic, {})
        if topic is None:
            return
        for to, body in topic.relayed(seat, message, [chair.seat for chair in seated.values()]):
            if chair := seated.get(to.connection):
                chair.put_message(body)

    def relay_bytes_here(self, seat: Seat, frame: bytes) -> None:
        """A frame that another process received."""
        topic = topic_of(seat.topic.partition(":")[0])
        seated = self._seats.get(seat.topic, {})
        if topic is None or not seated:
            return
        for to, piece in topic.relayed_bytes(seat, frame, [chair.seat for chair in seated.values()]):
            if chair := seated.get(to.connection):
                chair.put(piece)

    def resync(self) -> None:
        """Something may have been missed (the bridge was down): every client joins its topics again."""
        for connection in self._connections:
            connection.answer({"is": "resync"})

    def _obey(self, topic: str, message: Message) -> None:
        if topic == topics.SESSION_ENDED:
            for connection in list(self._connections):
                if connection.session == message.get("session"):
                    connection.close(SESSION_ENDED, "session ended")
        elif topic == topics.RESYNC:
            self.resync()
        elif topic == topics.RECHECK_PERSON:
            for connection in list(self._connections):
                if connection.person_id.hex == message.get("person"):
                    self.spawn(self._recheck(connection))
        elif topic == topics.RECHECK_TOPIC:
            for chair in list(self._seats.get(str(message.get("topic")), {}).values()):
                self.spawn(chair.connection.recheck_seats([chair]))
