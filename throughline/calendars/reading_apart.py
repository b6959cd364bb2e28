"""Reading a calendar in a process of its own, with little memory and little time.

    reading = read_apart(content, begin, end, "Europe/Berlin")

What comes from elsewhere may hold a rule that is never done. In a process of its own an alarm stops each entry that
takes too long, the system stops the process if it takes too much, and the worker goes on.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from throughline.calendars.domain.reading import NoCalendarError, Reading, TooSlowError, read

SECONDS_AN_ENTRY = 1.0
SECONDS = 20
MEMORY = 1 << 30


class UnreadableError(Exception):
    """Too much for us as a whole."""


def read_apart(content: bytes, begin: datetime, end: datetime, zone: str) -> Reading:
    """Raises NoCalendarError or UnreadableError."""
    asked = json.dumps({"begin": begin.isoformat(), "end": end.isoformat(), "zone": zone}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "throughline.calendars.reading_apart"],
            input=asked + b"\n" + content,
            capture_output=True,
            timeout=SECONDS * 3,  # of the clock on the wall; the limit on its work is its own
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError from None
    if done.returncode != 0:
        raise UnreadableError
    said = json.loads(done.stdout)
    if said is None:
        raise NoCalendarError
    pairs = tuple((datetime.fromisoformat(start), datetime.fromisoformat(stop)) for start, stop in said["busy"])
    return Reading(pairs, said["left_out"], said["entries"])


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGVTALRM, _stop)
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    begin, end = datetime.fromisoformat(asked["begin"]), datetime.fromisoformat(asked["end"])
    said: dict[str, Any] | None
    try:
        found = read(content, begin, end, asked["zone"], guard=_guard)
        busy = [[start.isoformat(), stop.isoformat()] for start, stop in found.busy]
        said = {"busy": busy, "left_out": found.left_out, "entries": found.entries}
    except NoCalendarError:
        said = None
    sys.stdout.write(json.dumps(said))


def _stop(_number: int, _frame: object) -> None:
    raise TooSlowError


@contextmanager
def _guard() -> Iterator[None]:
    """By the processor's time, so that a busy machine leaves nothing out."""
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_AN_ENTRY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


if __name__ == "__main__":
    main()
