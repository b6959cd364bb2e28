"""The worker that `throughline serve` keeps: one child, restarted when it dies, joined to the hub by a pipe."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    yield
