"""Who works, on what, and what is due: operational rows without content, beside django-tasks' own table.

`seen_at` is written and compared with the database's clock alone (`Now()`): liveness must follow neither a clock
that a test moves nor the difference between two machines' clocks.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from throughline.foundation import clock
from throughline.foundation.ids import new_id


class Worker(models.Model):
    """A worker process, seen at its last heartbeat."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    embedded = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.id)


class Lease(models.Model):
    """A running job and the worker that runs it. Whoever finishes the job must still find its own lease."""

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="+")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.job_id} by {self.worker_id}"


class Due(models.Model):
    """When a scheduled job runs next. Advanced by compare-and-set, so one worker alone enqueues it."""

    name = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class QueuedJob(DBTaskResult):  # type: ignore[type-arg]  # generic for type checkers alone
    """The queue's table as the admin site shows it: by name and ids, without what a library might have stored."""

    class Meta:
        proxy = True
        verbose_name = "job"

    def __str__(self) -> str:
        return str(self.id)
