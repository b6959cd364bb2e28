"""Worker processes that share a queue: nothing is lost with one that is killed, nothing runs twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from throughline.foundation.jobs.tests.crew import Crew


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    with Crew(tmp_path) as crew:
        yield crew


def of(kind: str, began: list[str]) -> list[str]:
    return [line for line in began if line.startswith(kind)]


def test_a_job_whose_worker_is_killed_is_run_once_more(crew: Crew):
    crew.enqueue("crew.stuck")
    first = crew.worker()
    crew.wait(lambda began: "stuck 0" in began)
    first.kill()
    first.wait()
    crew.enqueue("crew.quick")
    crew.worker(missed_after=3)
    began = crew.wait(lambda began: len(of("stuck", began)) == 2 and "quick 0" in began)
    assert Counter(of("stuck", began) + of("quick", began)) == {"stuck 0": 2, "quick 0": 1}


def test_two_workers_run_each_job_and_each_interval_once(crew: Crew):
    crew.enqueue("crew.quick", 60)
    crew.worker()
    crew.worker()
    began = crew.wait(lambda began: len(of("quick", began)) >= 60 and len(of("tick", began)) >= 4)
    assert sorted(of("quick", began)) == sorted(f"quick {number}" for number in range(60))
    enqueued, passed = crew.ticks()
    assert 4 <= enqueued <= passed
