"""Another time for this process alone: how the demonstration lives through twelve weeks in a few seconds.

    with standing_at(instant):
        send_message(…)

Nothing but `throughline.demo` may import this: the import linter refuses it elsewhere (contract `standing`). Tests
have time-machine and the clock's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from throughline.foundation import clock


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let `clock.now()` answer with this aware instant until the block ends. For one thread; it does not nest.

    `clock.monotonic()`, the machine's clock and the libraries that ask it stay as they are.
    """
    if instant.tzinfo is None:
        raise ValueError("the clock stands at an aware instant")
    if clock._standing is not None:
        raise RuntimeError("the clock stands already")
    clock._standing = instant
    try:
        yield
    finally:
        clock._standing = None
