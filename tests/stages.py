"""Everything that `make test` runs after the checks, each stage a process of pytest, and the sum of it.

    python -m tests.stages            all of them
    python -m tests.stages SQLite     those whose name holds the word

Each stage is a process of its own: once Playwright runs in a process its event loop never rests, and Django refuses
its database there. All stages run, whatever fails; the last line adds up what their reports say.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tests.servers import ServiceError, postgresql, redis

REPORTS = Path("build") / "reports"


@dataclass(frozen=True)
class Stage:
    name: str
    marks: str
    more: tuple[str, ...] = ()
    services: bool = False  # PostgreSQL and Redis, instead of what is embedded
    workers: int = 2

    @property
    def report(self) -> Path:
        return REPORTS / f"{self.name.replace(' ', '-')}.xml"


# What asks nothing of the database's kind runs on one of them: input that is meant to break things on PostgreSQL, which
# is the stricter about types and transactions.
ON_SQLITE = ("--ignore=tests/hostile",)
ON_POSTGRES = (
    "--ignore-glob=*/test_domain_*.py",
    "--ignore=tests/architecture",
    "--ignore=tests/canary",
    "--ignore=tests/obeyed",
    "--ignore=tests/packaging",
    "--ignore=tests/scale",
    "--ignore=throughline/demo",
)
JOURNEYS = ("tests/journeys", "--no-loadscope-reorder")  # named, so that its conftest.py is asked who runs when
# Stages of one turn run side by side. People in browsers wait more than they work, and databases now and then.
TURNS = [
    [
        Stage("SQLite", "not deep and not journey", ON_SQLITE),
        Stage("PostgreSQL and Redis", "not deep and not journey", ON_POSTGRES, services=True),
    ],
    [Stage("journeys on PostgreSQL and Redis", "not deep and both_databases", JOURNEYS, services=True)],
    [Stage("journeys", "not deep and journey", JOURNEYS, workers=3)],
]


@dataclass
class Sum:
    """What the reports say, added up."""

    passed: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    broken: list[str] = field(default_factory=list)  # stages that ended without a report

    def add(self, stage: Stage) -> None:
        if not stage.report.exists():
            self.broken.append(stage.name)
            return
        for suite in ElementTree.parse(stage.report).getroot().iter("testsuite"):
            told = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
            self.failed += told["failures"]
            self.errors += told["errors"]
            self.skipped += told["skipped"]
            self.passed += told["tests"] - told["failures"] - told["errors"] - told["skipped"]

    def __str__(self) -> str:
        counts = {"failed": self.failed, "passed": self.passed, "skipped": self.skipped, "errors": self.errors}
        said = [f"{count} {name}" for name, count in counts.items() if count or name == "passed"]
        return ", ".join([*said, *(f"no report of {name}" for name in self.broken)])


def run(stages: Sequence[Stage], services: Mapping[str, str]) -> list[int]:
    """Stages side by side, each a process of pytest with its workers. Prints what each said; returns their codes."""
    begun = time.monotonic()
    with ExitStack() as files:
        told = [files.enter_context(_output(stage).open("w+")) for stage in stages]
        ran = [_start(stage, services, file) for stage, file in zip(stages, told, strict=True)]
        for process in ran:
            files.callback(process.terminate)  # when we are stopped ourselves
        codes = [process.wait() for process in ran]
        for stage, file in zip(stages, told, strict=True):
            file.seek(0)
            print(f"\n{stage.name}:\n{file.read()}", flush=True)  # noqa: T201
    print(f"({time.monotonic() - begun:.0f} s)", flush=True)  # noqa: T201
    return codes


def _output(stage: Stage) -> Path:
    return stage.report.with_suffix(".txt")


def _start(stage: Stage, services: Mapping[str, str], output: IO[str]) -> subprocess.Popen[bytes]:
    stage.report.unlink(missing_ok=True)
    marks = ["-n", str(stage.workers), "-m", stage.marks, f"--junitxml={stage.report}"]
    environment = {**os.environ, **(services if stage.services else {})}
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *marks, *stage.more, *_durations()],
        env=environment,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def _durations() -> list[str]:
    wanted = os.environ.get("DURATIONS")
    return [f"--durations={wanted}"] if wanted else []


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the services end too
    begun, total, codes = time.monotonic(), Sum(), [0]
    REPORTS.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        services: dict[str, str] = {}
        for turn in TURNS:
            chosen = [stage for stage in turn if not words or any(word in stage.name for word in words)]
            if any(stage.services for stage in chosen) and not services:
                try:
                    services = {
                        "DATABASE_URL": stack.enter_context(postgresql()),
                        "REDIS_URL": stack.enter_context(redis()),
                    }
                except ServiceError as error:
                    print(error, flush=True)  # noqa: T201
                    total.broken += [stage.name for stage in chosen if stage.services]
                    chosen = [stage for stage in chosen if not stage.services]
            codes += run(chosen, services)
            for stage in chosen:
                total.add(stage)
    print(f"\n{total} in {time.monotonic() - begun:.2f}s")  # noqa: T201
    return max(codes) or int(bool(total.broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
