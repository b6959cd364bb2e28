"""Taking, keeping, finishing and freeing jobs. Each function is one short transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult, get_date_max

from throughline.foundation import clock
from throughline.foundation.jobs.models import Lease, Worker
from throughline.foundation.jobs.registry import MOST_ATTEMPTS, job_of
from throughline.foundation.jobs.timing import delay_after

BEAT_SECONDS = 5.0
LEASE_SECONDS = 30
LOST = "throughline.foundation.jobs.leases.WorkerLost"


@dataclass(frozen=True)
class Claim:
    """A job that this worker took. attempt counts from 1."""

    job_id: UUID
    worker_id: UUID
    name: str
    arguments: dict[str, Any]
    attempt: int


def ready() -> QuerySet[DBTaskResult[Any, Any]]:
    """Jobs that may begin now, by the installation's clock (which tests move), not by the machine's."""
    return DBTaskResult.objects.filter(Q(run_after=get_date_max()) | Q(run_after__lte=clock.now()), status=Status.READY)


def take(worker: Worker) -> Claim | None:
    """The next job under a lease, or None. Looks before it locks, so an idle worker never asks to write."""
    if not ready().exists():
        return None
    with transaction.atomic():
        row = ready().select_for_update(skip_locked=True).first()
        if row is None:
            return None
        row.status, row.started_at = Status.RUNNING, clock.now()
        row.worker_ids = [*row.worker_ids, str(worker.pk)]
        row.save(update_fields=["status", "started_at", "worker_ids"])
        Lease.objects.create(job=row, worker=worker)
    said = row.args_kwargs["kwargs"]
    return Claim(row.pk, worker.pk, said["name"], said["arguments"], len(row.worker_ids))


@transaction.atomic
def finish(claim: Claim, error: BaseException | None = None) -> bool:
    """Note how it ended. False, and nothing noted, when the lease was lost to another worker meanwhile.

    Of an error only the class is kept: its text, and the text in a traceback, may hold what people wrote.
    """
    if not Lease.objects.filter(job_id=claim.job_id, worker_id=claim.worker_id).delete()[0]:
        return False
    if error is None:
        _write(claim.job_id, status=Status.SUCCESSFUL, finished_at=clock.now(), exception_class_path="")
    else:
        _again_or_failed(claim.job_id, claim.name, claim.attempt, class_path(error))
    return True


@transaction.atomic
def beat(worker: Worker) -> None:
    Worker.objects.filter(pk=worker.pk).update(seen_at=Now())
    Lease.objects.filter(worker=worker).update(seen_at=Now())


def free_of_the_lost() -> int:
    """Put jobs of workers that fell silent back on the queue. Returns how many."""
    return _free(Lease.objects.filter(seen_at__lt=Now() - timedelta(seconds=LEASE_SECONDS)))


def free_of_embedded(but: Worker) -> int:
    """The same for embedded workers, when it is known that all but this one have ended."""
    return _free(Lease.objects.filter(worker__embedded=True).exclude(worker=but))


def free_of(worker: Worker) -> int:
    """The same for a worker that is about to leave with work unfinished."""
    return _free(Lease.objects.filter(worker=worker))


def class_path(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _free(leases: QuerySet[Lease]) -> int:
    return _free_locked(leases) if leases.exists() else 0


@transaction.atomic
def _free_locked(leases: QuerySet[Lease]) -> int:
    freed = 0
    for lease in leases.select_for_update(of=("self",), skip_locked=True).select_related("job"):
        if lease.job.status == Status.RUNNING:
            name = lease.job.args_kwargs["kwargs"]["name"]
            _again_or_failed(lease.job_id, name, len(lease.job.worker_ids), LOST, delay=False)
            freed += 1
        lease.delete()
    return freed


def _again_or_failed(job_id: UUID, name: str, attempt: int, path: str, *, delay: bool = True) -> None:
    if attempt >= _attempts_of(name):
        _write(job_id, status=Status.FAILED, finished_at=clock.now(), exception_class_path=path)
    else:
        after = clock.now() + delay_after(attempt) if delay else get_date_max()
        _write(job_id, status=Status.READY, run_after=after, exception_class_path=path)


def _attempts_of(name: str) -> int:
    try:
        return job_of(name).attempts
    except KeyError:  # enqueued by a newer version that has not replaced this worker yet
        return MOST_ATTEMPTS


def _write(job_id: UUID, **values: Any) -> None:
    DBTaskResult.objects.filter(pk=job_id).update(traceback="", return_value=None, **values)
