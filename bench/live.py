"""Deliveries a second in rooms of two: our hub beside a bare ASGI echo, under the same server in the same run.

Each of ROOMS pairs plays ping-pong for SECONDS: a message is answered when it arrives, so a delivery is a whole way
through the socket, the hub and out again. The bare echo answers its one client without hub, JSON or rooms.
Server and clients share this machine's cores: the figures are good against each other.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

os.environ.setdefault("THROUGHLINE_DATA", tempfile.mkdtemp(prefix="throughline-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")

import django
import uvicorn
import websockets
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

ROOMS = 100
SECONDS = 5.0
TEXT = "x" * 100
KEY = "bench"


def serve() -> None:
    """The child: both sockets on one port, which it prints."""
    django.setup()
    from throughline.foundation.live.hub import Hub
    from throughline.foundation.live.limits import Limits
    from throughline.foundation.live.socket import Socket
    from throughline.foundation.live.topics import Message, Seat, Topic, register_topic

    class Room(Topic):
        kind = "room"

        def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
            return True

        def relayed(self, seat: Seat, message: Message, seats: list[Seat]) -> list[tuple[Seat, Message]]:
            return [(other, message) for other in seats if other.connection != seat.connection]

    async def echo(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": event["text"]})

    class Echo:
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            await echo(scope, receive, send)

    hub = Hub(limits=Limits(rate=1e9, burst=1e9, connections=10_000))
    person = uuid4()
    hub.person_of_session = lambda key: person
    register_topic(Room())

    async def run() -> None:
        from throughline.foundation.live import ticket

        app = Starlette(routes=[WebSocketRoute("/hub", Socket(hub)), WebSocketRoute("/echo", Echo())])
        config = uvicorn.Config(
            app, port=0, log_config=None, lifespan="off", ws="websockets-sansio", ws_per_message_deflate=False
        )
        server = uvicorn.Server(config)
        hub.start()
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        print(server.servers[0].sockets[0].getsockname()[1], ticket.issue(KEY, person), flush=True)
        await serving

    import uvloop

    uvloop.run(run())


async def _hub_pair(port: int, shown: str, start: asyncio.Barrier) -> int:
    topic, sockets = f"room:{uuid4()}", []
    for _ in range(2):
        socket = await websockets.connect(
            f"ws://127.0.0.1:{port}/hub",
            origin=websockets.Origin(f"http://127.0.0.1:{port}"),
            additional_headers={"Cookie": f"sessionid={KEY}"},
            compression=None,
        )
        await socket.send(json.dumps({"do": "hello", "ticket": shown}))
        await socket.send(json.dumps({"do": "join", "n": 1, "topic": topic}))
        while "caught-up" not in str(await socket.recv()):
            pass
        sockets.append(socket)
    frame = json.dumps({"do": "relay", "n": 1, "body": {"text": TEXT}})
    return await _rally(sockets[0], sockets[1], frame, start)


async def _echo_pair(port: int, shown: str, start: asyncio.Barrier) -> int:
    socket = await websockets.connect(f"ws://127.0.0.1:{port}/echo", compression=None)
    return await _rally(socket, socket, json.dumps({"text": TEXT}), start)


async def _rally(one: Any, other: Any, frame: str, start: asyncio.Barrier) -> int:
    """Hits between two sockets (of an echo: one) from when all pairs are ready until the time is up."""
    hits = 0
    await start.wait()
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        await one.send(frame)
        await other.recv()
        one, other = other, one
        hits += 1
    await one.close()
    await other.close()
    return hits


async def measure(pair: Callable[[int, str, asyncio.Barrier], Awaitable[int]], port: int, shown: str) -> float:
    start = asyncio.Barrier(ROOMS)
    return sum(await asyncio.gather(*(pair(port, shown, start) for _ in range(ROOMS)))) / SECONDS


def main() -> None:
    child = subprocess.Popen([sys.executable, "-m", "bench.live", "serve"], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout
        port, shown = child.stdout.readline().split()
        bare = asyncio.run(measure(_echo_pair, int(port), shown))
        ours = asyncio.run(measure(_hub_pair, int(port), shown))
    finally:
        child.terminate()
        child.wait(15)
    figure = {"name": "live deliveries/s, rooms of two", "value": round(ours), "peer": round(bare)}
    print(json.dumps({**figure, "ratio": round(ours / bare, 2), "peer_is": "bare ASGI echo"}))


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["serve"] else main()
