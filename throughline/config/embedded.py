"""The worker that `throughline serve` keeps: one child, restarted when it dies, joined to the hub by a pipe.

Down the pipe go hints ("look at the queue"), up come messages for sockets, one JSON line each. When this process
ends, even by kill -9, the kernel closes the pipe and the child leaves by itself.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from throughline.config.worker import LONGEST_LINE
from throughline.foundation import clock
from throughline.foundation.jobs.queue import wake_through
from throughline.foundation.live.topics import publish

SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 30.0  # seconds before a restart; doubled while children die young
OLD_ENOUGH = 60.0  # seconds after which a death is not held against the next child
SECONDS_TO_LEAVE = 7.0  # a little more than a worker takes for itself

log = logging.getLogger(__name__)


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    keeping = asyncio.create_task(_keep())
    try:
        yield
    finally:
        wake_through(None)
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


async def _keep() -> None:
    pause = SHORTEST_PAUSE
    while True:
        born = clock.monotonic()
        code = await _one_life()
        if clock.monotonic() - born > OLD_ENOUGH:
            pause = SHORTEST_PAUSE
        log.warning("the worker ended (%s) and is started again in %.1f s", code, pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _one_life() -> int:
    """Start a child, pass on what it says, and return its exit code."""
    ours, theirs = socket.socketpair()
    with theirs:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "throughline.config.command", "worker", "--pipe", str(theirs.fileno()),
            pass_fds=[theirs.fileno()], stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the server alone, which then lets the child go
        )  # fmt: skip
    reader, writer = await asyncio.open_connection(sock=ours, limit=2 * LONGEST_LINE)
    loop = asyncio.get_running_loop()
    wake_through(partial(_from_any_thread, loop, writer))
    try:
        await pass_on(reader)
        return await child.wait()
    finally:
        wake_through(None)
        writer.close()
        await _see_off(child)


def _from_any_thread(loop: asyncio.AbstractEventLoop, writer: asyncio.StreamWriter) -> None:
    with suppress(RuntimeError):  # the loop is closed: the server is ending, and the job waits in its row
        loop.call_soon_threadsafe(_hint, writer)


def _hint(writer: asyncio.StreamWriter) -> None:
    if not writer.is_closing() and not writer.transport.get_write_buffer_size():  # one unread hint is enough
        writer.write(b"\n")


async def pass_on(reader: asyncio.StreamReader) -> None:
    """Until the child closes its end."""
    with suppress(ConnectionError):
        while line := await reader.readline():
            said = json.loads(line)
            publish(said["topic"], said["message"])


async def _see_off(child: Process) -> None:
    """It leaves when asked, at once while it is still starting; if it cannot, it is made to."""
    with suppress(ProcessLookupError):
        child.terminate()
    try:
        await asyncio.wait_for(child.wait(), SECONDS_TO_LEAVE)
    except TimeoutError:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
