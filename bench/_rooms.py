"""The servers of bench/messages.py, each alone in a process: python -m bench._rooms hub | socket.io | bare

Prints [port, ticket]. All run under uvicorn as `throughline serve` sets it.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import uvicorn
import uvloop

KEY = "bench"


def hub_app() -> tuple[Any, str]:
    os.environ["THROUGHLINE_DATA"] = tempfile.mkdtemp(prefix="throughline-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "throughline.config.settings"
    import django

    django.setup()
    from starlette.applications import Starlette
    from starlette.routing import WebSocketRoute

    from throughline.foundation.live import ticket
    from throughline.foundation.live.hub import Hub
    from throughline.foundation.live.limits import Limits
    from throughline.foundation.live.socket import Socket
    from throughline.foundation.live.topics import Message, Seat, Topic, publish, register_topic

    class Room(Topic):
        kind = "room"

        def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
            return True

        def relayed(self, seat: Seat, message: Message, seats: list[Seat]) -> list[tuple[Seat, Message]]:
            return [(other, message) for other in seats if other.connection != seat.connection]

        def received(self, seat: Seat, message: Message) -> Message:
            publish(seat.topic, message)
            return {}

    hub = Hub(limits=Limits(rate=1e9, burst=1e9, connections=10_000))
    person = uuid4()
    hub.person_of_session = lambda key: person
    register_topic(Room())
    hub.start()
    return Starlette(routes=[WebSocketRoute("/hub", Socket(hub))]), ticket.issue(KEY, person)


def socket_io_app() -> tuple[Any, str]:
    import socketio

    server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")
    rooms: dict[str, str] = {}

    @server.event  # type: ignore[untyped-decorator]
    async def join(sid: str, room: str) -> None:
        rooms[sid] = room
        await server.enter_room(sid, room)
        await server.emit("joined", to=sid)

    @server.event  # type: ignore[untyped-decorator]
    async def m(sid: str, data: Any) -> None:
        await server.emit("m", data, room=rooms[sid], skip_sid=sid)

    @server.event  # type: ignore[untyped-decorator]
    async def all(sid: str, data: Any) -> None:
        await server.emit("m", data, room=rooms[sid])

    return socketio.ASGIApp(server), ""


def bare_app() -> tuple[Any, str]:
    rooms: dict[str, list[Any]] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        others = rooms.setdefault(scope["path"], [])
        others.append(send)
        while (event := await receive())["type"] == "websocket.receive":
            message = {"type": "websocket.send", "text": event["text"]}
            for each in others:
                if each is not send or len(others) > 2:
                    await each(message)
        others.remove(send)

    return app, ""


APPS = {"hub": hub_app, "socket.io": socket_io_app, "bare": bare_app}


async def serve(kind: str) -> None:
    app, ticket = APPS[kind]()
    config = uvicorn.Config(
        app, port=0, log_config=None, lifespan="off", ws="websockets-sansio", ws_per_message_deflate=False
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print(json.dumps([server.servers[0].sockets[0].getsockname()[1], ticket]), flush=True)
    await serving


if __name__ == "__main__":
    uvloop.run(partial(serve, sys.argv[1])())
