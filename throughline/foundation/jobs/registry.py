"""Jobs by name, and how to ask for one. Arguments are ids and numbers, never content.

    @job("notices.send")
    def send(notice_id: str) -> None: …

    enqueue("notices.send", notice_id=notice.pk)          # in the action, inside its transaction

    @scheduled("calls.close_lost", every=timedelta(minutes=1))
    def close_lost() -> None: …

A job may run twice (a worker can die after the work and before the note of it), so it is idempotent: it looks at
the rows first. It opens its own transactions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

MOST_ATTEMPTS = 8
Argument = str | int | UUID


@dataclass(frozen=True)
class Job:
    """A registered function, and how often it is begun at most before it counts as failed."""

    name: str
    function: Callable[..., None]
    attempts: int


@dataclass(frozen=True)
class Schedule:
    """A job that runs by itself, once for all workers together in each interval."""

    name: str
    every: timedelta


_jobs: dict[str, Job] = {}
_schedules: dict[str, Schedule] = {}


def job(name: str, *, attempts: int = MOST_ATTEMPTS) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register an idempotent function under a name. When it raises it is begun again later, `attempts` times in all."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _jobs[name] = Job(name, function, attempts)
        return function

    return register


def scheduled(name: str, *, every: timedelta) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a job without arguments that runs in every interval. It is not retried: the next interval is."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _jobs[name] = Job(name, function, 1)
        _schedules[name] = Schedule(name, every)
        return function

    return register


def job_of(name: str) -> Job:
    """Raises KeyError for a name that nobody registered."""
    return _jobs[name]


def function_of(name: str) -> Callable[..., None]:
    """Raises KeyError for a name that nobody registered."""
    return _jobs[name].function


def schedules() -> list[Schedule]:
    return list(_schedules.values())


def enqueue(name: str, *, run_after: datetime | None = None, **arguments: Argument) -> None:
    """Put a job on the queue, inside the caller's transaction: rolled back with it, begun only after its commit.

    run_after is an instant of `clock.now()`. Raises KeyError for an unregistered name and ValueError for an
    argument that reads like prose rather than like an id.
    """
    from throughline.foundation.jobs.queue import put

    put(name, run_after=run_after, arguments=arguments)
