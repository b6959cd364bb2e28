"""The pipe between a server and its worker: hints go down, messages come up, its end says that the other is gone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import pytest

from throughline.config import embedded, worker
from throughline.foundation.live import topics


class Listener:
    """Stands where the runner stands: what the pipe asked of it."""

    def __init__(self) -> None:
        self.woken, self.stopped = Event(), Event()
        self.wake, self.stop = self.woken.set, self.stopped.set


@pytest.fixture
def published() -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []
    before = topics.reach_through(topics.Ways(lambda topic, message: seen.append((topic, message))))
    yield seen
    topics.reach_through(before)


def heard(said: list[tuple[str, Any]]) -> None:
    """Let a worker's thread say all this and end, and a server listen until then."""
    ours, theirs = socket.socketpair()
    write = worker.line_writer(theirs)

    def work() -> None:
        for topic, message in said:
            write(topic, message)
        theirs.close()

    async def serve() -> None:
        reader, writer = await asyncio.open_connection(sock=ours, limit=2 * worker.LONGEST_LINE)
        await embedded.pass_on(reader)
        writer.close()
        await writer.wait_closed()

    thread = Thread(target=work)
    thread.start()
    asyncio.run(serve())
    thread.join()


def test_what_jobs_publish_reaches_the_server_in_order(published):
    said = [("call:1", {"is": "ended", "words": "å\n"}), ("call:2", {}), ("call:1", {"large": "x" * 500_000})]
    heard(said)
    assert published == said


def test_a_message_too_long_for_the_pipe_costs_no_other(published):
    heard([("call:1", {"huge": "x" * worker.LONGEST_LINE}), ("call:1", {"is": "fine"})])
    assert published == [("call:1", {"is": "fine"})]


def test_a_hint_wakes_the_worker_and_the_end_stops_it():
    ours, theirs = socket.socketpair()
    listener = Listener()
    thread = Thread(target=worker.listen, args=(theirs, listener))
    thread.start()
    ours.send(b"\n")
    assert listener.woken.wait(10)
    assert not listener.stopped.is_set()
    ours.close()
    assert listener.stopped.wait(10)
    thread.join()
    theirs.close()


def test_a_worker_whose_server_is_gone_publishes_to_nobody():
    ours, theirs = socket.socketpair()
    ours.close()
    worker.line_writer(theirs)("call:1", {"is": "ended"})
    theirs.close()
