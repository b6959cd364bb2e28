"""Between web processes: Redis pub/sub, once a message and process. What Redis loses is read again on resync."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import TYPE_CHECKING, Any
from uuid import UUID

import redis
import redis.asyncio

from throughline.foundation.live import topics
from throughline.foundation.live.faults import log_fault
from throughline.foundation.live.topics import Message, Seat

if TYPE_CHECKING:
    from throughline.foundation.live.hub import Hub

CHANNEL = "throughline:live"
MOST_WAITING = 10_000
"""Messages that wait for Redis; beyond that they are dropped, and the other processes resync."""


def _packed(sender: str, said: dict[str, Any], frame: bytes = b"") -> bytes:
    head = json.dumps({"from": sender, **said}, separators=(",", ":")).encode()
    return head + b"\n" + frame


class RedisBridge:
    """Delivers at home first; Redis carries to the others."""

    def __init__(self, hub: Hub, url: str) -> None:
        self._hub, self._url = hub, url
        self._name = secrets.token_hex(8)
        self._out: asyncio.Queue[bytes] = asyncio.Queue(MOST_WAITING)
        self._tasks: list[asyncio.Task[None]] = []
        self._lost = False
        self._listening = asyncio.Event()

    async def start(self) -> None:
        self._hub.bridge = self
        self._tasks = [asyncio.create_task(self._talk()), asyncio.create_task(self._listen())]

    async def listening(self) -> None:
        """Returns once messages of other processes arrive."""
        await self._listening.wait()

    async def stop(self) -> None:
        self._hub.bridge = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def publish(self, topic: str, message: Message) -> None:
        self._put(_packed(self._name, {"topic": topic, "message": message}))

    def relay(self, seat: Seat, message: Message | bytes) -> None:
        who = {"connection": seat.connection, "person": seat.person_id.hex}
        said: dict[str, Any] = {"topic": seat.topic, "seat": who}
        if isinstance(message, bytes):
            self._put(_packed(self._name, said, message))
        else:
            self._put(_packed(self._name, {**said, "message": message}))

    def _put(self, payload: bytes) -> None:
        if self._out.full():
            self._lost = True
        else:
            self._out.put_nowait(payload)

    async def _talk(self) -> None:
        async def pour(client: redis.asyncio.Redis[bytes]) -> None:
            while True:
                payload = await self._out.get()
                if self._lost:
                    await client.publish(CHANNEL, _packed(self._name, {"topic": topics.RESYNC, "message": {}}))
                self._lost = True
                await client.publish(CHANNEL, payload)
                self._lost = False

        await self._for_ever(pour)

    async def _listen(self) -> None:
        heard_before = False

        async def hear(client: redis.asyncio.Redis[bytes]) -> None:
            nonlocal heard_before
            self._listening.clear()
            async with client.pubsub() as channel:
                await channel.subscribe(CHANNEL)
                async for event in channel.listen():
                    if event["type"] == "message":
                        self._heard(event["data"])
                    elif event["type"] == "subscribe":
                        self._listening.set()
                        if heard_before:
                            self._hub.resync()
                        heard_before = True

        await self._for_ever(hear)

    async def _for_ever(self, work: Any) -> None:
        """Again after every loss of Redis, waiting a little longer each time, at most 5 s."""
        pause = 0.1
        while True:
            begun = asyncio.get_running_loop().time()
            try:
                async with redis.asyncio.Redis.from_url(
                    self._url, max_connections=2, health_check_interval=10, socket_connect_timeout=5
                ) as client:
                    await work(client)
            except (redis.RedisError, OSError) as error:
                log_fault("live: Redis", error)
            if asyncio.get_running_loop().time() - begun > 10:
                pause = 0.1
            await asyncio.sleep(pause)
            pause = min(5.0, pause * 2)

    def _heard(self, payload: bytes) -> None:
        try:
            head, _, frame = payload.partition(b"\n")
            said = json.loads(head)
            if said["from"] == self._name:
                return
            if "seat" not in said:
                self._hub.deliver(said["topic"], said["message"])
                return
            seat = _seat(said)
            if "message" in said:
                self._hub.relay_here(seat, said["message"])
            else:
                self._hub.relay_bytes_here(seat, frame)
        except Exception as error:
            log_fault("live: a message from another process", error)


def _seat(said: dict[str, Any]) -> Seat:
    topic = str(said["topic"])
    return Seat(str(said["seat"]["connection"]), UUID(said["seat"]["person"]), topic, UUID(topic.partition(":")[2]))


class RedisPublisher:
    """For a process without sockets, such as a separate worker: `publish_through(RedisPublisher(url))`."""

    def __init__(self, url: str) -> None:
        self._client: redis.Redis[bytes] = redis.Redis.from_url(
            url, max_connections=4, socket_connect_timeout=5, socket_timeout=5
        )
        self._name = secrets.token_hex(8)

    def __call__(self, topic: str, message: Message) -> None:
        try:
            self._client.publish(CHANNEL, _packed(self._name, {"topic": topic, "message": message}))
        except redis.RedisError as error:
            log_fault("live: publishing to Redis", error)
