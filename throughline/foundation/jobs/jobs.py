"""The queue keeps itself short."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from throughline.foundation import clock
from throughline.foundation.jobs.models import Worker
from throughline.foundation.jobs.registry import scheduled

KEEP_DONE = timedelta(days=1)
KEEP_FAILED = timedelta(days=30)
FORGET_WORKERS = timedelta(hours=1)


@scheduled("jobs.prune", every=timedelta(hours=1))
def prune() -> None:
    """Finished jobs and workers long gone. Leases of a lost worker are freed long before its row goes."""
    now = clock.now()
    DBTaskResult.objects.filter(
        Q(status=Status.SUCCESSFUL, finished_at__lt=now - KEEP_DONE)
        | Q(status=Status.FAILED, finished_at__lt=now - KEEP_FAILED)
    ).delete()
    Worker.objects.filter(seen_at__lt=Now() - FORGET_WORKERS).delete()
