"""A scheduled job runs once an interval, by the clock that tests move, whoever looks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from throughline.foundation.jobs import registry, schedule
from throughline.foundation.jobs.models import Due
from throughline.foundation.jobs.registry import scheduled

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 3, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def hourly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_jobs", {})
    monkeypatch.setattr(registry, "_schedules", {})
    scheduled("test.hourly", every=HOUR)(lambda: None)


def test_it_runs_at_the_start_and_then_once_an_interval():
    with time_machine.travel(START, tick=False) as traveller:
        assert schedule.enqueue_due() == START + HOUR
        assert schedule.enqueue_due() == START + HOUR
        assert DBTaskResult.objects.count() == 1
        traveller.shift(3600)
        assert schedule.enqueue_due() == START + 2 * HOUR
    assert DBTaskResult.objects.count() == 2


def test_intervals_that_nobody_attended_are_not_made_up_for():
    with time_machine.travel(START, tick=False) as traveller:
        schedule.enqueue_due()
        traveller.shift(timedelta(days=9, minutes=20))
        assert schedule.enqueue_due() == START + timedelta(days=9, hours=1)
    assert DBTaskResult.objects.count() == 2


def test_of_two_workers_that_saw_it_due_one_enqueues_it():
    Due.objects.create(name="test.hourly", due_at=START)
    for _ in range(2):
        schedule._move("test.hourly", START, START + HOUR, runs=True)
    assert DBTaskResult.objects.count() == 1


def test_a_clock_that_is_moved_back_costs_one_interval_at_most():
    with time_machine.travel(START + timedelta(days=40), tick=False):
        schedule.enqueue_due()
    with time_machine.travel(START, tick=False) as traveller:
        assert schedule.enqueue_due() == START + HOUR
        assert DBTaskResult.objects.count() == 1
        traveller.shift(3600)
        schedule.enqueue_due()
    assert DBTaskResult.objects.count() == 2
