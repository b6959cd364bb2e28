"""The addresses /live/socket and /live/ticket, as plain ASGI beside the pages."""

from __future__ import annotations

import asyncio
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Message as Event
from starlette.types import Receive, Scope, Send

from throughline.foundation.environment import ENV
from throughline.foundation.live import ticket, wire
from throughline.foundation.live.connection import Connection
from throughline.foundation.live.faults import log_fault
from throughline.foundation.live.hub import Hub


class Socket:
    """Refuses before it accepts: another origin, no session. Then waits for the ticket."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        key = session_key_of(scope)
        if not from_own_origin(scope) or not key:
            await send({"type": "websocket.close", "code": 1008})  # before accepting: answers 403
            return
        await send({"type": "websocket.accept"})
        try:
            connection = await asyncio.wait_for(self._admit(key, receive, send), self._hub.limits.hello)
        except TimeoutError:
            connection = None
        except Exception as error:
            log_fault("live: admitting", error)
            await send({"type": "websocket.close", "code": 1011, "reason": "something failed here: come back"})
            return
        if connection is None:
            await _close(send, 4003, "ticket not valid: fetch another")
        elif not self._hub.enter(connection):
            await _close(send, 1013, "too many sockets")
        else:
            try:
                await connection.run(receive)
            finally:
                self._hub.exit(connection)

    async def _admit(self, key: str, receive: Receive, send: Send) -> Connection | None:
        shown = _ticket_in(await receive())
        if shown is None or shown.session != ticket.session_name(key):
            return None
        if await self._hub.database(self._hub.person_of_session, key) != shown.person_id:
            return None
        return Connection(self._hub, shown.person_id, key, shown.session, send)


async def _close(send: Send, code: int, reason: str) -> None:
    try:
        await send({"type": "websocket.close", "code": code, "reason": reason})
    except (OSError, RuntimeError):
        return  # gone already


def _ticket_in(event: Event) -> ticket.Ticket | None:
    try:
        said = wire.read_text(event.get("text") or "")
    except wire.BadFrameError:
        return None
    return ticket.read(said.ticket) if isinstance(said, wire.Hello) else None


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def session_key_of(scope: Scope) -> str:
    try:
        cookies = SimpleCookie(_header(scope, b"cookie"))
    except CookieError:
        return ""
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""


def from_own_origin(scope: Scope) -> bool:
    """Browsers always say where a socket's page came from. Ours is the address people use, or the host asked for."""
    origin, host = _header(scope, b"origin"), _header(scope, b"host")
    if origin == ENV.origin:
        return True
    asked = urlsplit(origin)
    domain, _ = split_domain_port(host)
    return asked.scheme in ("http", "https") and asked.netloc == host and validate_host(domain, settings.ALLOWED_HOSTS)


async def fresh_ticket(request: Request) -> Response:
    """A ticket for the session of the cookie. No other origin can read the answer."""
    key = session_key_of(request.scope)
    person_id = await hub.database(hub.person_of_session, key) if key else None
    headers = {"Cache-Control": "no-store"}
    if person_id is None:
        return JSONResponse({"signed_in": False}, 403, headers)
    return JSONResponse({"ticket": ticket.issue(key, person_id), "person": str(person_id)}, 200, headers)


hub = Hub()
routes: list[BaseRoute] = [
    WebSocketRoute(f"{ENV.prefix}/live/socket", Socket(hub)),
    Route(f"{ENV.prefix}/live/ticket", fresh_ticket),
]


async def start() -> None:
    """Called once by the server, on its loop, before the first request."""
    hub.start()
    if ENV.redis_url:
        from throughline.foundation.live.bridge import RedisBridge  # a third of a second that most never need

        bridge = RedisBridge(hub, ENV.redis_url)
        await bridge.start()


async def stop() -> None:
    """Called by the server when it ends: closes sockets, leaves seats, lets what was taken be stored."""
    if hub.bridge:
        await hub.bridge.stop()
    await hub.stop()
