"""One browser page's socket: what it asks is read in order, its seats act one step at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404
from starlette.types import Receive, Send

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.foundation.live import wire
from throughline.foundation.live.faults import log_fault
from throughline.foundation.live.limits import Allowance
from throughline.foundation.live.outgoing import Outgoing
from throughline.foundation.live.topics import Message, Refused, Seat, Topic, topic_of

if TYPE_CHECKING:
    from throughline.foundation.live.hub import Hub

Step = Callable[[], Awaitable[None]]

# Close codes: 1008 what was asked, 1009 too large, 1011 our fault, 1013 too slow or too many: come back.
SESSION_ENDED = 4001


class Chair:
    """A seat with what belongs to it on its connection."""

    def __init__(self, connection: Connection, asked: wire.Join, topic: Topic) -> None:
        self.seat = Seat(connection.id, connection.person_id, asked.topic, asked.subject_id)
        self.topic, self.n = topic, asked.n
        self.connection = connection
        self.seated = False
        self.held: list[str | bytes] | None = []
        """Live messages wait here while what the client lacks is fetched; None when nothing waits."""
        self.steps: deque[Step] = deque()
        self.busy = False

    def put(self, piece: str | bytes) -> None:
        if self.held is None:
            self.connection.put(self.n, piece)
        else:
            self.held.append(piece)

    def put_body(self, body: str) -> None:
        self.put(f'{{"is":"message","n":{self.n},"body":{body}}}')

    def put_message(self, message: Message | bytes) -> None:
        if isinstance(message, bytes):
            self.put(message)
        else:
            self.put_body(wire.dumps(message))

    def release(self, first: list[str | bytes]) -> None:
        """What the client lacks, then what arrived meanwhile, then live."""
        held, self.held = self.held or [], None
        for piece in first + held:
            self.connection.put(self.n, piece)


class Connection:
    def __init__(self, hub: Hub, person_id: UUID, session_key: str, session: str, send: Send) -> None:
        self.id = new_id().hex
        self.person_id, self.session = person_id, session
        self._hub, self._session_key, self._send = hub, session_key, send
        self._outgoing = Outgoing(send, hub.limits.waiting)
        self._chairs: dict[int, Chair] = {}
        self._pending = asyncio.Semaphore(hub.limits.pending)
        self._allowance = Allowance(hub.limits.rate, hub.limits.burst, clock.monotonic())
        self._wrong = 0
        self._closing: asyncio.Future[tuple[int, str]] = asyncio.get_running_loop().create_future()

    # ── its life ──

    async def run(self, receive: Receive) -> None:
        """Until either side closes. Every seat is left, whatever happens."""
        tasks = [asyncio.create_task(self._read(receive)), asyncio.create_task(self._outgoing.run())]
        self.answer({"is": "ready", "connection": self.id})
        try:
            until: list[asyncio.Future[Any]] = [*tasks, self._closing]
            await asyncio.wait(until, return_when=asyncio.FIRST_COMPLETED)
            if self._closing.done():
                code, reason = self._closing.result()
                tasks[1].cancel()
                await asyncio.wait_for(
                    self._send({"type": "websocket.close", "code": code, "reason": reason}), timeout=5
                )
        except (TimeoutError, OSError):
            pass
        finally:
            for task in tasks:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception) and not isinstance(outcome, OSError):
                    log_fault("live: a connection", outcome)
            for chair in list(self._chairs.values()):
                self._leave(chair)

    def close(self, code: int, reason: str) -> None:
        """Its seats are empty at once; the socket may take seconds, when its client does not read."""
        if not self._closing.done():
            self._closing.set_result((code, reason))
            for chair in list(self._chairs.values()):
                self._leave(chair)

    async def recheck(self) -> None:
        """The session and every seat, asked again."""
        if await self._hub.database(self._hub.person_of_session, self._session_key) != self.person_id:
            self.close(SESSION_ENDED, "session ended")
            return
        await self.recheck_seats(list(self._chairs.values()))

    async def recheck_seats(self, chairs: list[Chair]) -> None:
        for chair in chairs:
            seat = chair.seat
            if chair.seated and not await self._hub.database(chair.topic.may_join, seat.person_id, seat.subject_id):
                self.dismiss(chair, "no-access")

    # ── towards the client ──

    def put(self, n: int, piece: str | bytes) -> None:
        if not self._outgoing.put(n, piece):
            self.close(1013, "too slow: come back")

    def answer(self, message: Message, n: int = 0) -> None:
        self.put(n, wire.dumps(message))

    def dismiss(self, chair: Chair, reason: str) -> None:
        if self._chairs.get(chair.n) is chair:
            self._leave(chair)
            self.answer({"is": "closed", "n": chair.n, "reason": reason}, chair.n)

    # ── from the client ──

    async def _read(self, receive: Receive) -> None:
        while True:
            event = await receive()
            if event["type"] != "websocket.receive":
                return
            pause = self._allowance.wait_for_one(clock.monotonic())
            if pause:
                await asyncio.sleep(pause)
            try:
                if event.get("text") is not None:
                    await self._read_text(event["text"])
                else:
                    self._read_bytes(event["bytes"])
            except wire.BadFrameError as error:
                self._complain(str(error))

    def _complain(self, why: str) -> None:
        self._wrong += 1
        self.answer({"is": "wrong", "why": why})
        if self._wrong >= self._hub.limits.wrong:
            self.close(1008, "too many frames that make no sense")

    async def _read_text(self, text: str) -> None:
        if len(text) > self._hub.limits.text:
            self.close(1009, "text frame too large")
            return
        match wire.read_text(text):
            case wire.Ping():
                self.answer({"is": "pong"})
            case wire.Join() as asked:
                await self._join(asked)
            case wire.Leave(n):
                if chair := self._chairs.get(n):
                    self._leave(chair)
            case wire.Send() as asked:
                await self._take(asked)
            case wire.Relay(n, body):
                chair = self._chairs.get(n)
                if chair and chair.seated:
                    self._hub.relay(chair.seat, body)
            case wire.Hello():
                raise wire.BadFrameError("hello was said")

    def _read_bytes(self, frame: bytes) -> None:
        if len(frame) > self._hub.limits.frame:
            self.close(1009, "binary frame too large")
            return
        n, pieces = wire.read_bytes(frame)
        chair = self._chairs.get(n)
        for piece in pieces if chair and chair.seated else []:
            self._hub.relay_bytes(chair.seat, piece)  # type: ignore[union-attr]

    async def _join(self, asked: wire.Join) -> None:
        chair = self._chairs.get(asked.n)
        topic = topic_of(asked.kind)
        if self._closing.done():
            return
        if chair and chair.seat.topic != asked.topic:
            raise wire.BadFrameError("n is taken by another topic")
        if topic is None:
            self.answer({"is": "refused", "n": asked.n, "reason": "not-found"})
            return
        if chair is None and len(self._chairs) >= self._hub.limits.seats:
            self.answer({"is": "refused", "n": asked.n, "reason": "too-many"})
            return
        if chair is None:
            chair = self._chairs[asked.n] = Chair(self, asked, topic)
        await self._pending.acquire()
        self._then(chair, lambda: self._be_seated(chair, asked.seen))

    async def _be_seated(self, chair: Chair, seen: object) -> None:
        seat, topic = chair.seat, chair.topic
        try:
            if not await self._hub.database(topic.may_join, seat.person_id, seat.subject_id):
                raise Refused("not-found")
            chair.held = chair.held or []
            chair.seated = True
            self._hub.seat(chair)
            missing = await self._hub.database(topic.joined, seat, seen)
        except (Refused, Http404, PermissionDenied) as error:
            self._leave(chair)
            reason = error.reason if isinstance(error, Refused) else "not-found"
            self.answer({"is": "refused", "n": chair.n, "reason": reason}, chair.n)
            return
        finally:
            self._pending.release()
        first: list[str | bytes] = [wire.dumps({"is": "joined", "n": chair.n, "id": seat.connection})]
        for piece in missing:
            first.append(
                piece
                if isinstance(piece, bytes)
                else wire.dumps({"is": "message", "n": chair.n, "body": piece, "missed": True})
            )
        first.append(wire.dumps({"is": "caught-up", "n": chair.n}))
        chair.release(first)

    async def _take(self, asked: wire.Send) -> None:
        chair = self._chairs.get(asked.n)
        if chair is None:
            self.answer({"is": "not-taken", "n": asked.n, "id": asked.id, "reason": "not-seated"})
            return
        await self._pending.acquire()
        self._then(chair, lambda: self._receive(chair, asked))

    async def _receive(self, chair: Chair, asked: wire.Send) -> None:
        answer: Message = {"is": "not-taken", "n": asked.n, "id": asked.id}
        try:
            if not chair.seated:
                raise Refused("not-seated")
            message = {**asked.body, "id": asked.id}
            body = await self._hub.database(chair.topic.received, chair.seat, message)
            answer = {"is": "taken", "n": asked.n, "id": asked.id, "body": body}
        except Refused as error:
            answer["reason"] = error.reason
        except (Http404, PermissionDenied):
            answer["reason"] = "not-found"
        except ValidationError:
            answer["reason"] = "not-valid"
        except (OperationalError, InterfaceError):
            raise  # the database is away: the client keeps its send and comes back
        except Exception as error:
            log_fault(f"live: a send to {chair.topic.kind}", error)
            answer["reason"] = "failed"
        finally:
            self._pending.release()
        self.answer(answer, asked.n)

    def _leave(self, chair: Chair) -> None:
        if self._chairs.get(chair.n) is chair:
            del self._chairs[chair.n]
        self._hub.unseat(chair)
        if chair.seated or chair.busy:
            self._then(chair, lambda: self._say_left(chair))

    async def _say_left(self, chair: Chair) -> None:
        if chair.seated:
            chair.seated = False
            self._hub.unseat(chair)
            await self._hub.database(chair.topic.left, chair.seat)

    # ── one step of a seat after the other ──

    def _then(self, chair: Chair, step: Step) -> None:
        chair.steps.append(step)
        if not chair.busy:
            chair.busy = True
            self._hub.spawn(self._walk(chair))

    async def _walk(self, chair: Chair) -> None:
        while chair.steps:
            try:
                await chair.steps.popleft()()
            except Exception as error:
                log_fault(f"live: a seat at {chair.topic.kind}", error)
                self.close(1011, "something failed here: come back")
        chair.busy = False
