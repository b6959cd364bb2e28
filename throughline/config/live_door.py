"""Where the live hub joins the application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.routing import BaseRoute


def routes() -> Sequence[BaseRoute]:
    return []


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    yield
