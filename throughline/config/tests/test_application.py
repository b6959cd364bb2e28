"""The doors of the ASGI application, as a server opens them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from throughline.config.assets import Assets
from throughline.config.pages import MOST_BYTES, Pages


def through(application: Any, events: list[dict[str, Any]], **scope: Any) -> list[dict[str, Any]]:
    """What an application answers to one request whose body arrives as these events."""
    sent: list[dict[str, Any]] = []
    waiting = iter(events)

    async def receive() -> dict[str, Any]:
        return next(waiting)

    async def send(message: Any) -> None:
        sent.append(message)

    basis = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1", "headers": []}
    asyncio.run(application({**basis, **scope}, receive, send))
    return sent


def echo(environ: Any, start_response: Any) -> list[bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start_response("200 OK", [])
    return [body]


def test_a_whole_request_is_answered():
    sent = through(Pages(echo), [{"type": "http.request", "body": b"whole"}], headers=[(b"content-length", b"5")])
    assert [message.get("body", message.get("status")) for message in sent] == [200, b"whole", b""]


def test_half_a_request_is_never_taken_for_a_whole_one():
    half = [{"type": "http.request", "body": b"ha", "more_body": True}, {"type": "http.disconnect"}]
    with pytest.raises(OSError, match="the client left"):
        through(Pages(echo), half, headers=[(b"content-length", b"4")])


def test_too_large_a_request_is_refused_before_it_is_read():
    sent = through(Pages(echo), [], headers=[(b"content-length", str(MOST_BYTES + 1).encode())])
    assert sent[0]["status"] == 413


def test_a_socket_to_nowhere_is_closed():
    assert through(Pages(echo), [{"type": "websocket.connect"}], type="websocket") == [
        {"type": "websocket.close", "code": 1008}
    ]


@pytest.mark.parametrize("path", ["/../settings.py", "/built/../../apps.py", "/nothing.css", "/admin", "/a\0b"])
def test_no_static_address_leaves_its_folder(path):
    application = Starlette(routes=[Mount("/static", Assets())])
    assert through(application, [], method="GET", path=f"/static{path}")[0]["status"] == 404
