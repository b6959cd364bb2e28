"""Jobs by name, and how to ask for one. Arguments are ids and numbers, never content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Schedule:
    """A job that runs by itself, once for all workers together in each interval."""

    name: str
    every: timedelta


_jobs: dict[str, Callable[..., None]] = {}
_schedules: dict[str, Schedule] = {}


def job(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register an idempotent function under a name: @job("notices.send"). Its room imports it when it starts."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _jobs[name] = function
        return function

    return register


def scheduled(name: str, *, every: timedelta) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a job without arguments that runs in every interval."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _jobs[name] = function
        _schedules[name] = Schedule(name, every)
        return function

    return register


def function_of(name: str) -> Callable[..., None]:
    """Raises KeyError for a name that nobody registered."""
    return _jobs[name]


def schedules() -> list[Schedule]:
    return list(_schedules.values())


def enqueue(name: str, *, run_after: datetime | None = None, **arguments: str | int) -> None:
    """Put a job on the queue, inside the caller's transaction. To be provided by foundation.jobs.queue."""
    from throughline.foundation.jobs.queue import put

    put(name, run_after=run_after, arguments=arguments)
