"""Reading people's calendars, two at a time at most: a worker has other things to do, and other people's servers are
slow whenever they like."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import BoundedSemaphore
from uuid import UUID

from throughline.calendars.actions import read_address
from throughline.calendars.queries.due import sources_to_read
from throughline.foundation import clock
from throughline.foundation.jobs.registry import enqueue, job, scheduled

AT_ONCE = 2
LATER = timedelta(seconds=20)
_places = BoundedSemaphore(AT_ONCE)


@scheduled("calendars.look", every=timedelta(minutes=5))
def look() -> None:
    for source_id in sources_to_read():
        enqueue("calendars.read", source_id=source_id)


@job("calendars.read", attempts=2)
def read(source_id: str) -> None:
    with _a_place("calendars.read", source_id) as taken:
        if taken:
            read_address(source_id=UUID(source_id))


@contextmanager
def _a_place(name: str, source_id: str) -> Iterator[bool]:
    """Without one the job comes again a little later, and leaves its thread to others."""
    if not _places.acquire(blocking=False):
        enqueue(name, run_after=clock.now() + LATER, source_id=source_id)
        yield False
        return
    try:
        yield True
    finally:
        _places.release()
