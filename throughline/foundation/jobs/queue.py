"""The queue: django-tasks rows written in the caller's transaction, and the hint that wakes a worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django_tasks import task

from throughline.foundation.jobs.registry import Argument, function_of, job_of

LONGEST_ARGUMENT = 200  # characters: an address fits, a paragraph does not

# Set by what can reach a worker of this installation: the web process by its pipe, a worker by its own event.
_waker: Callable[[], None] | None = None


def wake_through(waker: Callable[[], None] | None) -> None:
    global _waker
    _waker = waker


def wake() -> None:
    if _waker:
        _waker()


@task()
def run_by_name(name: str, arguments: dict[str, str | int]) -> None:
    function_of(name)(**arguments)


def put(name: str, *, run_after: datetime | None, arguments: dict[str, Argument]) -> None:
    """See registry.enqueue."""
    job_of(name)
    plain = {key: _plain(name, key, value) for key, value in arguments.items()}
    run_by_name.using(run_after=run_after).enqueue(name=name, arguments=plain)
    transaction.on_commit(wake, robust=True)


def _plain(name: str, key: str, value: Argument) -> str | int:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and (len(value) > LONGEST_ARGUMENT or any(map(str.isspace, value))):
        raise ValueError(f"{name}: {key} reads like prose. Jobs take ids and read the rest from their rows.")
    return value
