"""With several web processes: what Redis may have lost is read from the log every few seconds."""

from __future__ import annotations

from threading import Event, Lock, Thread
from uuid import UUID

from django.db import Error, close_old_connections, connections

from throughline.coediting.queries import last_seqs, updates_after
from throughline.foundation.live.faults import log_fault
from throughline.foundation.live.topics import Seat, tell

EVERY = 3.0


class Reconciler:
    """Knows the seats of this process and how far each document's log was passed on to them."""

    def __init__(self) -> None:
        self._seats: dict[UUID, dict[str, Seat]] = {}
        self._known: dict[UUID, int] = {}
        self._lock = Lock()
        self._end = Event()
        self._thread: Thread | None = None

    def watch(self, seat: Seat, seq: int) -> None:
        """The seat has been sent everything up to seq."""
        with self._lock:
            self._seats.setdefault(seat.subject_id, {})[seat.connection] = seat
            self._known.setdefault(seat.subject_id, seq)

    def unwatch(self, seat: Seat) -> None:
        with self._lock:
            seats = self._seats.get(seat.subject_id, {})
            seats.pop(seat.connection, None)
            if not seats:
                self._seats.pop(seat.subject_id, None)
                self._known.pop(seat.subject_id, None)

    def begin(self) -> None:
        with self._lock:
            if self._thread is None:
                self._end.clear()
                self._thread = Thread(target=self._run, name="coediting-reconcile", daemon=True)
                self._thread.start()

    def end(self) -> None:
        with self._lock:
            thread, self._thread = self._thread, None
        if thread:
            self._end.set()
            thread.join(10)

    def _run(self) -> None:
        try:
            while not self._end.wait(EVERY):
                close_old_connections()
                try:
                    self.reconcile()
                except Error as error:
                    log_fault("coediting: reconciling", error)
        finally:
            connections.close_all()

    def reconcile(self) -> None:
        """One round: two queries and one for each document that was written in."""
        with self._lock:
            known = dict(self._known)
        for document_id, seq in last_seqs(known).items():
            if seq <= known[document_id]:
                continue
            rows = updates_after(document_id, known[document_id])
            with self._lock:
                seats = list(self._seats.get(document_id, {}).values())
                if document_id in self._known and rows:
                    self._known[document_id] = rows[-1][0]
            for seat in seats:
                for _, update in rows:
                    tell(seat, update)


reconciler = Reconciler()
