"""A real server on loopback and real clients, in one event loop: for the tests of every room that has topics.

def test_something(transactional_db, mentor):
    async def scenario(house: House) -> None:
        client = await house.client(key, mentor)
        seat = await client.join("call:…")
    live(scenario)
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import uvicorn
import websockets
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from websockets.asyncio.client import ClientConnection

from throughline.foundation.live import ticket
from throughline.foundation.live.hub import Hub
from throughline.foundation.live.limits import Limits
from throughline.foundation.live.socket import Socket
from throughline.foundation.live.wire import joined_bytes, read_bytes

WAIT = 10.0


def session_of(person: Any) -> str:
    """Signs in and returns the session's key."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    return client.session.session_key


class House:
    """One web process: a hub and its server."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.hub = Hub(limits=limits, threads=2)
        app = Starlette(routes=[WebSocketRoute("/live/socket", Socket(self.hub))])
        config = uvicorn.Config(
            app, port=0, log_config=None, lifespan="off", ws="websockets-sansio", ws_per_message_deflate=False
        )
        self._server = uvicorn.Server(config)
        self._sockets: list[ClientConnection] = []
        self._server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]

    async def __aenter__(self) -> House:
        self.hub.start()
        self._serving = asyncio.create_task(self._server._serve())
        while not self._server.started:
            await asyncio.sleep(0)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.hub.stop()
        for socket in self._sockets:
            socket.transport.abort()
            await socket.wait_closed()
        self._server.should_exit = True
        await self._serving

    async def connect(self, key: str, *, origin: str | None = None) -> ClientConnection:
        socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/live/socket",
            origin=websockets.Origin(origin or f"http://127.0.0.1:{self.port}"),
            additional_headers={"Cookie": f"sessionid={key}"},
            max_size=None,
        )
        self._sockets.append(socket)
        return socket

    async def client(self, key: str, person_id: UUID) -> Client:
        client = Client(await self.connect(key))
        await client.say(do="hello", ticket=ticket.issue(key, person_id))
        client.connection = (await client.hears("ready"))["connection"]
        return client


class Client:
    """What a page does, said step by step. Bytes are heard as {"is": "bytes", "n": …, "bytes": …}."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.connection = ""
        self._heard: list[dict[str, Any]] = []
        self._last = 0

    async def say(self, **words: Any) -> None:
        await self.socket.send(json.dumps(words))

    async def say_bytes(self, n: int, *pieces: bytes) -> None:
        await self.socket.send(joined_bytes(n, list(pieces)))

    async def next(self) -> dict[str, Any]:
        while not self._heard:
            frame = await asyncio.wait_for(self.socket.recv(), WAIT)
            if isinstance(frame, bytes):
                n, pieces = read_bytes(frame)
                self._heard += [{"is": "bytes", "n": n, "bytes": piece} for piece in pieces]
            else:
                said = json.loads(frame)
                self._heard += said if isinstance(said, list) else [said]
        return self._heard.pop(0)

    async def hears(self, kind: str) -> dict[str, Any]:
        """The next of this kind; what comes before it is passed over."""
        while True:
            said = await self.next()
            if said["is"] == kind:
                return said

    async def join(self, topic: str, seen: Any = None) -> tuple[int, list[dict[str, Any]]]:
        """The topic's number and what was missing."""
        self._last += 1
        await self.say(do="join", n=self._last, topic=topic, seen=seen)
        missing = []
        while True:
            said = await self.next()
            if said.get("n") != self._last:
                continue
            if said["is"] in ("caught-up", "refused"):
                return self._last, [*missing, said] if said["is"] == "refused" else missing
            if said["is"] != "joined":
                missing.append(said)

    async def send(self, n: int, body: dict[str, Any], id: str = "") -> dict[str, Any]:
        id = id or str(uuid4())
        await self.say(do="send", n=n, id=id, body=body)
        while True:
            said = await self.next()
            if said.get("id") == id:
                return said

    async def closed(self) -> tuple[int, str]:
        """Waits until the server closes; its code and reason."""
        try:
            while True:
                await self.next()
        except websockets.ConnectionClosed as end:
            return (end.rcvd.code, end.rcvd.reason) if end.rcvd else (1006, "")


def live(scenario: Callable[[House], Awaitable[None]], limits: Limits | None = None) -> None:
    """Run a scenario in a house of its own."""

    async def run() -> None:
        async with House(limits) as house:
            await asyncio.wait_for(scenario(house), 60)

    asyncio.run(run())
