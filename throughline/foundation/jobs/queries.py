"""How the queue and its workers stand, for those who run the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Now
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from throughline.foundation import clock
from throughline.foundation.jobs.leases import LEASE_SECONDS, ready
from throughline.foundation.jobs.models import Worker


@dataclass(frozen=True)
class QueueState:
    """waiting: jobs that could begin now; oldest: for how long the first of them could. workers: those alive."""

    waiting: int
    running: int
    failed: int
    oldest: timedelta | None
    workers: int


def state_of_the_queue() -> QueueState:
    """Three queries."""
    waiting = ready().aggregate(count=Count("pk"), since=Min("enqueued_at"), after=Min("run_after"))
    counts = DBTaskResult.objects.aggregate(
        running=Count("pk", filter=Q(status=Status.RUNNING)), failed=Count("pk", filter=Q(status=Status.FAILED))
    )
    return QueueState(
        waiting=waiting["count"],
        oldest=clock.now() - _began(waiting) if waiting["count"] else None,
        workers=_alive().count(),
        **counts,
    )


def workers_silent() -> bool:
    """Whether nobody works: no mail goes out, nothing is planned. One query."""
    return not _alive().exists()


def _began(waiting: dict[str, datetime]) -> datetime:
    """`run_after` of a job that need not wait lies at the end of time."""
    return max(waiting["since"], waiting["after"]) if waiting["after"] <= clock.now() else waiting["since"]


def _alive() -> QuerySet[Worker]:
    return Worker.objects.filter(seen_at__gt=Now() - timedelta(seconds=LEASE_SECONDS))
