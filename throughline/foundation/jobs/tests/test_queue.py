"""Jobs are asked for inside a transaction, begun after its commit, retried, and say nothing of their content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import transaction
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.foundation.jobs import leases, registry
from throughline.foundation.jobs.jobs import KEEP_DONE, prune
from throughline.foundation.jobs.models import Lease, Worker
from throughline.foundation.jobs.registry import enqueue, job
from throughline.foundation.jobs.runner import perform, run_ready

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 3, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def names_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_jobs", dict(registry._jobs))


@pytest.fixture
def began() -> Iterator[list[str]]:
    """Arguments of the jobs that began, in order. Registers note (runs) and fail (raises with a text)."""
    seen: list[str] = []

    @job("test.note")
    def note(thing_id: str) -> None:
        seen.append(thing_id)

    @job("test.fail", attempts=3)
    def fail(thing_id: str) -> None:
        seen.append(thing_id)
        raise RuntimeError("a sentence that somebody wrote in confidence")

    return seen


def row() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_a_job_runs_once(began):
    enqueue("test.note", thing_id=UUID(int=7))
    assert run_ready() == 1
    assert run_ready() == 0
    assert began == [str(UUID(int=7))]
    assert (row().status, row().exception_class_path, Lease.objects.count()) == (Status.SUCCESSFUL, "", 0)


def test_a_job_of_a_transaction_that_is_rolled_back_never_runs(began):
    with transaction.atomic():
        enqueue("test.note", thing_id="1")
        transaction.set_rollback(True)
    assert run_ready() == 0
    assert began == []


def test_nobody_is_woken_before_the_commit(began, monkeypatch, django_capture_on_commit_callbacks):
    woken: list[int] = []
    monkeypatch.setattr("throughline.foundation.jobs.queue._waker", lambda: woken.append(1))
    with django_capture_on_commit_callbacks() as after_commit:
        enqueue("test.note", thing_id="1")
    assert woken == []
    for callback in after_commit:
        callback()
    assert woken == [1]


def test_an_unknown_name_is_refused_at_once():
    with pytest.raises(KeyError):
        enqueue("test.nobody", thing_id="1")


@pytest.mark.parametrize("prose", ["two words", "x" * 201, "line\nline"])
def test_an_argument_that_reads_like_prose_is_refused_without_repeating_it(began, prose):
    with pytest.raises(ValueError) as refusal:
        enqueue("test.note", thing_id=prose)
    assert prose not in str(refusal.value)


def test_a_failing_job_is_tried_again_later_each_time_until_it_has_failed(began):
    with time_machine.travel(START, tick=False) as traveller:
        enqueue("test.fail", thing_id="1")
        assert run_ready() == 1
        assert (row().status, row().run_after) == (Status.READY, START + timedelta(seconds=2))
        assert run_ready() == 0
        traveller.shift(2)
        assert run_ready() == 1
        assert (row().status, row().run_after) == (Status.READY, START + timedelta(seconds=2 + 8))
        traveller.shift(8)
        assert run_ready() == 1
        assert (row().status, row().finished_at) == (Status.FAILED, START + timedelta(seconds=10))
        traveller.shift(86400)
        assert run_ready() == 0
    assert began == ["1", "1", "1"]


def test_of_a_failure_only_the_class_is_kept(began, caplog):
    enqueue("test.fail", thing_id="1")
    run_ready()
    assert (row().exception_class_path, row().traceback) == ("builtins.RuntimeError", "")
    assert "confidence" not in caplog.text
    assert "job test.fail failed: builtins.RuntimeError at" in caplog.text


def test_run_after_follows_the_clock_that_tests_move(began):
    enqueue("test.note", thing_id="1", run_after=clock.now() + timedelta(days=3))
    assert run_ready() == 0
    with time_machine.travel(clock.now() + timedelta(days=3, seconds=1)):
        assert run_ready() == 1


def test_a_lost_job_is_begun_again_by_another_and_its_first_worker_may_not_finish_it(began):
    first, second = Worker.objects.create(embedded=True), Worker.objects.create()
    enqueue("test.note", thing_id="1")
    lost = leases.take(first)
    assert lost is not None
    assert leases.take(second) is None
    assert leases.free_of_embedded(but=second) == 1
    again = leases.take(second)
    assert again is not None
    assert (again.job_id, again.attempt) == (lost.job_id, 2)
    assert not leases.finish(lost)
    perform(again)
    assert began == ["1"]
    assert (row().status, row().worker_ids) == (Status.SUCCESSFUL, [str(first.pk), str(second.pk)])


def test_a_lease_that_is_kept_alive_is_left_alone_however_the_clock_is_moved(began):
    worker = Worker.objects.create()
    enqueue("test.note", thing_id="1")
    leases.take(worker)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        leases.beat(worker)
        assert leases.free_of_the_lost() == 0


def test_a_job_that_takes_its_workers_down_is_given_up(began):
    enqueue("test.fail", thing_id="1")
    for _ in range(3):
        worker = Worker.objects.create()
        assert leases.take(worker) is not None
        leases.free_of(worker)
    assert (row().status, row().exception_class_path) == (Status.FAILED, leases.LOST)


def test_finished_jobs_are_forgotten_after_a_while(began):
    enqueue("test.note", thing_id="1")
    run_ready()
    prune()
    assert DBTaskResult.objects.count() == 1
    with time_machine.travel(clock.now() + KEEP_DONE + timedelta(minutes=1)):
        prune()
    assert DBTaskResult.objects.count() == 0


def test_the_admin_site_shows_neither_arguments_nor_tracebacks(began, client):
    secret = str(new_id())
    enqueue("test.fail", thing_id=secret)
    run_ready()
    client.force_login(get_user_model().objects.create_superuser("admin@example.org", "correct horse battery"))
    for address in ("/admin/jobs/queuedjob/", f"/admin/jobs/queuedjob/{row().pk}/change/"):
        page = client.get(address).content.decode()
        assert "test.fail" in page
        assert secret not in page
        assert "confidence" not in page
    assert client.get("/admin/django_tasks_database/dbtaskresult/").status_code == 404
