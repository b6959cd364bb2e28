"""The few threads through which sockets reach the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connections

P = ParamSpec("P")
R = TypeVar("R")


class Database:
    """A bounded executor: `await database(function, …)`. Connections are cared for as around a request."""

    def __init__(self, threads: int) -> None:
        self._count = threads
        self._threads = self._fresh()

    def _fresh(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._count, thread_name_prefix="live-database")

    async def __call__(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        def run() -> R:
            close_old_connections()
            try:
                return function(*args, **kwargs)
            finally:
                close_old_connections()

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def close(self) -> None:
        """Waits for what is under way. Used again, it begins with fresh threads."""
        before, self._threads = self._threads, self._fresh()
        together = Barrier(self._count)
        for _ in range(self._count):  # one in each thread, since a connection is closed where it was opened
            before.submit(_close_own, together)
        before.shutdown(wait=True)


def _close_own(together: Barrier) -> None:
    together.wait(20)
    connections.close_all()
