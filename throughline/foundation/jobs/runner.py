"""A worker: takes jobs, runs a few at a time in threads, keeps their leases, and leaves in bounded time."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from threading import Event, Thread

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connections

from throughline.foundation import clock
from throughline.foundation.jobs import leases, queue, schedule
from throughline.foundation.jobs.leases import Claim
from throughline.foundation.jobs.models import Worker
from throughline.foundation.jobs.registry import function_of

THREADS = 4
SECONDS_TO_FINISH = 5
SWEEP_SECONDS = 5.0

log = logging.getLogger(__name__)


class Runner:
    """One worker. `run` blocks until `stop`; `wake` (from any thread) makes it look at the queue at once.

    poll_seconds: how long it sleeps when nobody wakes it. alone: no other embedded worker of this data folder lives.
    """

    def __init__(self, *, poll_seconds: float, embedded: bool = False, alone: bool = False) -> None:
        self.worker = Worker(embedded=embedded)
        self._alone = alone
        self._poll = poll_seconds
        self._woken, self._stopping = Event(), Event()
        self._running: set[Future[None]] = set()
        self._look_again: datetime | None = None
        self._swept = float("-inf")

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()

    def run(self) -> None:
        self.worker.save(force_insert=True)
        if self._alone:
            leases.free_of_embedded(but=self.worker)
        queue.wake_through(self.wake)
        beating = Thread(target=self._beat, name="heartbeat", daemon=True)
        beating.start()
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="job")
        try:
            while not self._stopping.is_set():
                self._woken.clear()
                self._round(pool)
                self._woken.wait(self._poll)
        finally:
            self._leave(pool)

    def _round(self, pool: ThreadPoolExecutor) -> None:
        """Schedules, lost workers, then as many jobs as there are free threads."""
        close_old_connections()
        try:
            if self._look_again is None or clock.now() >= self._look_again:
                self._look_again = schedule.enqueue_due()
            if clock.monotonic() - self._swept > SWEEP_SECONDS:
                self._swept, self._look_again = clock.monotonic(), None
                if freed := leases.free_of_the_lost():
                    log.warning("%d jobs of a lost worker are on the queue again", freed)
            while len(self._running) < THREADS and not self._stopping.is_set():
                claim = leases.take(self.worker)
                if claim is None:
                    return
                future = pool.submit(_perform_in_thread, claim)
                self._running.add(future)
                future.add_done_callback(self._performed)
        except DatabaseTrouble as error:  # unreachable or locked: the next round tries again
            log.warning("the queue cannot be read: %s", type(error).__name__)

    def _performed(self, future: Future[None]) -> None:
        self._running.discard(future)
        self.wake()

    def _beat(self) -> None:
        while not self._stopping.wait(leases.BEAT_SECONDS):
            close_old_connections()
            try:
                leases.beat(self.worker)
            except DatabaseTrouble as error:
                log.warning("no heartbeat: %s", type(error).__name__)

    def _leave(self, pool: ThreadPoolExecutor) -> None:
        pool.shutdown(wait=False, cancel_futures=True)
        wait(tuple(self._running), SECONDS_TO_FINISH)
        try:
            leases.free_of(self.worker)
            Worker.objects.filter(pk=self.worker.pk).delete()
        except DatabaseTrouble as error:  # its leases run out by themselves
            log.warning("left without saying so: %s", type(error).__name__)
        queue.wake_through(None)
        connections.close_all()


def perform(claim: Claim) -> None:
    """Run one job that was taken, and note how it ended."""
    error: BaseException | None = None
    try:
        function_of(claim.name)(**claim.arguments)
    except BaseException as raised:
        error = raised
        log.warning("job %s failed: %s at %s", claim.name, leases.class_path(raised), _place_of(raised))
    try:
        leases.finish(claim, error)
    except DatabaseTrouble as unsaid:  # its lease runs out, and it runs again
        log.warning("job %s ended but could not say so: %s", claim.name, type(unsaid).__name__)


def _perform_in_thread(claim: Claim) -> None:
    close_old_connections()
    perform(claim)
    close_old_connections()


def run_ready() -> int:
    """Run what is ready here and now, and what that enqueues, until nothing is. Returns how many.

    For tests of rooms and for commands that should leave nothing behind; workers run on their own.
    """
    worker = Worker.objects.create()
    ran = 0
    while claim := leases.take(worker):
        perform(claim)
        ran += 1
    worker.delete()
    return ran


def _place_of(error: BaseException) -> str:
    """File and line where it was raised: what a developer needs, and nothing that anybody wrote."""
    trace, place = error.__traceback__, "an unknown place"
    while trace:
        place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
