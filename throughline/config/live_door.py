"""Where the live hub joins the application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.routing import BaseRoute

from throughline.foundation.live import socket


def routes() -> Sequence[BaseRoute]:
    return socket.routes


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    await socket.start()
    try:
        yield
    finally:
        await socket.stop()
