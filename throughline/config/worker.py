"""`throughline worker`: runs jobs beside a server, or as the child that `throughline serve` keeps (`--pipe`)."""

from __future__ import annotations

import json
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from fcntl import LOCK_EX, flock
from threading import Lock, Thread
from typing import IO, TYPE_CHECKING, Any

from throughline.config.serve import configured, make_ready
from throughline.foundation.environment import ENV

if TYPE_CHECKING:
    from throughline.foundation.jobs.runner import Runner

LONGEST_LINE = 1024 * 1024  # bytes; a longer message is dropped, as any may be: it is read again on resync
POLL_SECONDS = 1.0  # with a pipe, hints come at once and this only finds what became due
POLL_SECONDS_ALONE = 0.25
POLL_SECONDS_UNDER_TEST = 0.1  # a test moves the clock and waits for what follows


def work(arguments: list[str]) -> int:
    """Runs until told to stop, or until the other end of the pipe is gone."""
    pipe = socket.socket(fileno=int(arguments[1])) if arguments[:1] == ["--pipe"] else None
    place = _embedded_place() if pipe and not ENV.redis_url else None
    configured()
    make_ready(migrate=False)
    from throughline.foundation.jobs.runner import Runner

    poll = POLL_SECONDS if pipe else POLL_SECONDS_ALONE
    runner = Runner(
        poll_seconds=POLL_SECONDS_UNDER_TEST if ENV.clock_file else poll,
        embedded=pipe is not None,
        alone=place is not None,
    )
    signal.signal(signal.SIGTERM, lambda *_: runner.stop())
    signal.signal(signal.SIGINT, lambda *_: runner.stop())
    _join(pipe, runner)
    if ENV.inbound_smtp and ENV.inbound_domain:
        from throughline.notices.ports.smtp import Port

        Port(ENV.inbound_smtp, certificate=ENV.inbound_certificate).start()
    runner.run()
    if place:
        place.close()
    return 0


def _join(pipe: socket.socket | None, runner: Runner) -> None:
    """Where messages to sockets go: Redis reaches every web process, a pipe the one that holds its other end."""
    from throughline.foundation.live.topics import publish_through

    if ENV.redis_url:
        from throughline.foundation.live.bridge import RedisPublisher

        publish_through(RedisPublisher(ENV.redis_url))
    elif pipe:
        publish_through(line_writer(pipe))
    else:
        sys.stderr.write("Without REDIS_URL this worker cannot reach open pages: they learn on their next visit.\n")
    if pipe:
        Thread(target=listen, args=(pipe, runner), name="pipe", daemon=True).start()


def listen(pipe: socket.socket, runner: Runner) -> None:
    """Any byte is a hint to look at the queue; the end means that the server is gone, however it went."""
    while _received(pipe):
        runner.wake()
    runner.stop()


def _received(pipe: socket.socket) -> bytes:
    try:
        return pipe.recv(4096)
    except OSError:
        return b""


def line_writer(pipe: socket.socket) -> Callable[[str, dict[str, Any]], None]:
    """One JSON line a message. Jobs publish from several threads."""
    lock = Lock()

    def write(topic: str, message: dict[str, Any]) -> None:
        line = json.dumps({"topic": topic, "message": message}, separators=(",", ":")).encode() + b"\n"
        if len(line) > LONGEST_LINE:
            return
        with lock, suppress(OSError):  # the server is gone, and its sockets with it
            pipe.sendall(line)

    return write


def _embedded_place() -> IO[str]:
    """Held while this worker lives. Waits for one whose server was killed a moment ago and that is just leaving."""
    file = (ENV.data / "working.lock").open("a")
    flock(file, LOCK_EX)
    return file
