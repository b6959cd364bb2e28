"""Real worker processes for tests, on a database of their own: PostgreSQL when DATABASE_URL is set, else SQLite.

Run as a program it is one of them: `python -m throughline.foundation.jobs.tests.crew work 3`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

WITHIN = 120.0  # seconds on a busy machine


class Crew:
    """An installation without a server: `enqueue` puts jobs on its queue, `worker` starts a worker process."""

    def __init__(self, folder: Path) -> None:
        self._began = folder / "began.txt"
        self._database = f"crew_{uuid4().hex}" if os.environ.get("DATABASE_URL") else ""
        self._environment = {**os.environ, "THROUGHLINE_DATA": str(folder), "REDIS_URL": ""}
        self._workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        if self._database:
            self._ask_server(f"CREATE DATABASE {self._database}")
            address = urlsplit(os.environ["DATABASE_URL"])
            self._environment["DATABASE_URL"] = address._replace(path=f"/{self._database}").geturl()
        self._do("prepare")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.kill()
            worker.wait()
        if self._database:
            self._ask_server(f"DROP DATABASE {self._database} WITH (FORCE)")

    def enqueue(self, name: str, count: int = 1) -> None:
        self._do("enqueue", name, str(count))

    def worker(self, missed_after: int = 60) -> subprocess.Popen[bytes]:
        """missed_after: seconds of silence until this worker takes another for lost. On a busy machine a worker that
        lives may be silent for long."""
        command = self._command("work", str(missed_after))
        self._workers.append(subprocess.Popen(command, env=self._environment))
        return self._workers[-1]

    def began(self) -> list[str]:
        """What jobs noted when they began, in order: their name and number."""
        return self._began.read_text().splitlines() if self._began.exists() else []

    def wait(self, until: Callable[[list[str]], bool]) -> list[str]:
        """What began, once `until` holds for it."""
        end = time.monotonic() + WITHIN
        while not until(self.began()):
            assert time.monotonic() < end, self.began()
            time.sleep(0.02)
        return self.began()

    def ticks(self) -> tuple[int, int]:
        """How often the schedule of one second was enqueued, and how many of its intervals have passed."""
        for worker in self._workers:
            worker.kill()
            worker.wait()
        enqueued, passed = self._do("ticks").split()
        return int(enqueued), int(passed)

    def _do(self, *words: str) -> str:
        return subprocess.run(
            self._command(*words), env=self._environment, check=True, timeout=WITHIN, stdout=subprocess.PIPE, text=True
        ).stdout

    @staticmethod
    def _command(*words: str) -> list[str]:
        return [sys.executable, "-m", "throughline.foundation.jobs.tests.crew", *words]

    @staticmethod
    def _ask_server(statement: str) -> None:
        import psycopg

        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(statement.encode())


def _jobs() -> None:
    from throughline.foundation.environment import ENV
    from throughline.foundation.jobs.registry import job, scheduled

    def note(words: str) -> None:
        with (ENV.data / "began.txt").open("a") as file:
            file.write(f"{words}\n")

    @job("crew.quick")
    def quick(number: int) -> None:
        note(f"quick {number}")

    @job("crew.stuck")
    def stuck(number: int) -> None:
        """Stays in its first run until its worker is killed."""
        first = not (ENV.data / "stuck").exists()
        (ENV.data / "stuck").touch()
        note(f"stuck {number}")
        if first:
            Event().wait()

    @scheduled("crew.tick", every=timedelta(seconds=1))
    def tick() -> None:
        note("tick")


def _work(missed_after: str) -> None:
    from throughline.foundation.jobs import leases, runner

    leases.LEASE_SECONDS = int(missed_after)
    leases.BEAT_SECONDS = runner.SWEEP_SECONDS = 0.2
    runner.Runner(poll_seconds=0.05).run()


def _ticks() -> None:
    from django_tasks_db.models import DBTaskResult

    from throughline.foundation.jobs.models import Due

    enqueued = DBTaskResult.objects.filter(args_kwargs__kwargs__name="crew.tick").count()
    passed = Due.objects.get(name="crew.tick").due_at - Due.objects.get(name="crew.began").due_at
    sys.stdout.write(f"{enqueued} {passed // timedelta(seconds=1)}\n")


def _prepare() -> None:
    from django.core.management import call_command

    from throughline.foundation import clock
    from throughline.foundation.jobs.models import Due

    for app in ("django_tasks_database", "jobs"):  # workers need no other tables, and all of them take seconds
        call_command("migrate", app, verbosity=0, interactive=False)
    began = clock.now()
    Due.objects.create(name="crew.tick", due_at=began)
    Due.objects.create(name="crew.began", due_at=began)


def _enqueue(name: str, count: str) -> None:
    from throughline.foundation.jobs.registry import enqueue

    for number in range(int(count)):
        enqueue(name, number=number)


def main(verb: str, *words: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "throughline.config.settings"
    import django

    django.setup()
    _jobs()
    verbs: dict[str, Callable[..., None]] = {
        "prepare": _prepare,
        "work": _work,
        "ticks": _ticks,
        "enqueue": _enqueue,
    }
    verbs[verb](*words)


if __name__ == "__main__":
    main(*sys.argv[1:])
