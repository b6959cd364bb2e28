"""The queue: django-tasks rows written in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from throughline.foundation.jobs.registry import function_of


@task()
def run_by_name(name: str, arguments: dict[str, str | int]) -> None:
    function_of(name)(**arguments)


def put(name: str, *, run_after: datetime | None, arguments: dict[str, str | int]) -> None:
    """Raises KeyError for an unregistered name."""
    function_of(name)
    run_by_name.using(run_after=run_after).enqueue(name=name, arguments=arguments)
