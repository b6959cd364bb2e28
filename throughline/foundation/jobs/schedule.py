"""Scheduled jobs: each is enqueued once an interval by whichever worker advances its row first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from throughline.foundation import clock
from throughline.foundation.jobs.models import Due
from throughline.foundation.jobs.registry import Schedule, enqueue, schedules
from throughline.foundation.jobs.timing import next_due


def enqueue_due() -> datetime | None:
    """Enqueue what is due by `clock.now()`. Returns when to look again, or None when nothing is scheduled."""
    now = clock.now()
    rows = dict(Due.objects.values_list("name", "due_at"))
    new = [Due(name=schedule.name, due_at=now) for schedule in schedules() if schedule.name not in rows]
    if new:
        Due.objects.bulk_create(new, ignore_conflicts=True)
        rows = dict(Due.objects.values_list("name", "due_at"))
    return min((_advance(schedule, rows[schedule.name], now) for schedule in schedules()), default=None)


def _advance(schedule: Schedule, due: datetime, now: datetime) -> datetime:
    """One schedule, moved on when its time has come. Returns when it is due next."""
    if due <= now:
        following = next_due(due, schedule.every, now)
        _move(schedule.name, due, following, runs=True)
        return following
    if due > now + schedule.every:  # the clock was moved back: wait one interval, not until the old future
        _move(schedule.name, due, now + schedule.every, runs=False)
    return min(due, now + schedule.every)


@transaction.atomic
def _move(name: str, due: datetime, following: datetime, *, runs: bool) -> None:
    """Advanced and enqueued together, unless another worker was faster."""
    if Due.objects.filter(name=name, due_at=due).update(due_at=following) and runs:
        enqueue(name)
