"""The one writer of this process: appends all documents' waiting updates in one transaction, then acknowledges.

At once when nothing was written for PAUSE seconds, else every PAUSE seconds. What the database does not take for
now stays waiting; what is no update is dropped and its sender told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from threading import Lock, Thread
from uuid import UUID

from django.db import Error, close_old_connections, connections

from throughline.coediting.actions import Change, append_updates
from throughline.coediting.domain.merging import NotAnUpdateError, checked
from throughline.coediting.waiting import Queue, Waiting, queue
from throughline.foundation import clock
from throughline.foundation.live.faults import log_fault
from throughline.foundation.live.topics import Seat, dismiss, tell

PAUSE = 0.25
PAUSE_AFTER_FAULT = 1.0


class Writer:
    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._thread: Thread | None = None
        self._lock = Lock()

    def put(self, one: Waiting) -> bool:
        if self._thread is None:
            self._begin()
        return self._queue.put(one)

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None:
                self._queue.close(False)
                self._thread = Thread(target=self._run, name="coediting-writer", daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Returns when everything that waits is stored; the database gets 20 s to take it."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread:
            self._queue.close()
            thread.join(20)

    def _run(self) -> None:
        tries = 0
        try:
            while batch := self._queue.take():
                begun = clock.monotonic()
                close_old_connections()
                try:
                    store(batch)
                    self._queue.done()
                    tries = 0
                except Error as error:  # the database is away: keep all and try again
                    log_fault("coediting: storing", error)
                    self._queue.put_back()
                    tries += 1
                    if tries > 5 and self._thread is None:
                        return  # the process ends; nothing of this was acknowledged
                except Exception as error:
                    log_fault("coediting: storing", error)
                    self._queue.done()
                    for seat in {one.seat for one in batch}:
                        dismiss(seat, "failed")
                self._queue.rest(begun + (PAUSE_AFTER_FAULT if tries else PAUSE))
        finally:
            connections.close_all()


def store(batch: list[Waiting]) -> None:
    """Check, store, acknowledge. Raises django.db.Error when the database is away."""
    by_document: dict[UUID, list[Waiting]] = defaultdict(list)
    for one in _sound(batch):
        by_document[one.document_id].append(one)
    changes = {at: [Change(one.seat.person_id, one.update) for one in several] for at, several in by_document.items()}
    gone = append_updates(changes=changes) if changes else set()
    for document_id, several in by_document.items():
        for seat, number in {one.seat: one.number for one in several}.items():
            if document_id in gone:
                dismiss(seat, "no-access")
            else:
                tell(seat, {"saved": number})


def _sound(batch: Iterable[Waiting]) -> list[Waiting]:
    """Only updates that decode; whoever sent something else loses the seat."""
    sound, bad = list[Waiting](), set[Seat]()
    for one in batch:
        try:
            if one.seat not in bad:
                checked(one.update)
                sound.append(one)
        except NotAnUpdateError:
            bad.add(one.seat)
    for seat in bad:
        dismiss(seat, "not-an-update")
    return sound


writer = Writer(queue)
