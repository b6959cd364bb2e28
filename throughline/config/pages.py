"""Pages: Django's WSGI handler in a pool of threads, with a limit on what a request may carry."""

from __future__ import annotations

from typing import Any

from a2wsgi import WSGIMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

THREADS = 10
MOST_BYTES = 12 * 1024 * 1024  # of a whole request, files included; forms without files have Django's smaller limit


class ClientLeftError(OSError):
    """The browser went away before its request was whole. Django answers an OSError with UnreadablePostError,
    so that half a form is never taken for a whole one."""


class Pages:
    """An ASGI application around a WSGI one."""

    def __init__(self, wsgi: Any) -> None:
        self._bridge: Any = WSGIMiddleware(wsgi, workers=THREADS)  # types ASGI in its own words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":  # a socket to an address that nobody serves
            await send({"type": "websocket.close", "code": 1008})
            return
        if _announced_length(scope) > MOST_BYTES:
            refusal = PlainTextResponse("This is too large: at most 12 MB can be sent at once.", 413)
            await refusal(scope, receive, send)
            return

        async def whole() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientLeftError("the client left")
            return message

        await self._bridge(scope, whole, send)


def _announced_length(scope: Scope) -> int:
    """Bytes by Content-Length. Without one Django reads no body at all, so there is nothing else to count."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
