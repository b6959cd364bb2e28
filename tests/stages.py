"""Everything that `make test` runs after the checks, one process of pytest after the other, and the sum of it.

    python -m tests.stages            all of them
    python -m tests.stages SQLite     those whose name holds the word

Each stage is a process of its own: once Playwright runs in a process its event loop never rests, and Django refuses
its database there. All stages run, whatever fails; the last line adds up what their reports say.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
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


NO_DATABASE = (
    "--ignore-glob=*/test_domain_*.py",
    "--ignore=tests/architecture",
    "--ignore=tests/canary",
    "--ignore=tests/scale",
)
JOURNEYS = ("tests/journeys", "--no-loadscope-reorder")  # named, so that its conftest.py is asked who runs when
STAGES = [
    Stage("SQLite", "not deep and not journey"),
    Stage("PostgreSQL and Redis", "not deep and not journey", NO_DATABASE, services=True),
    Stage("journeys on PostgreSQL and Redis", "not deep and both_databases", JOURNEYS, services=True),
    Stage("journeys", "not deep and journey", JOURNEYS, workers=3),  # people in browsers wait more than they work
]


@dataclass
class Sum:
    """What the reports say, added up."""

    passed: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    broken: list[str] = field(default_factory=list)  # stages that ended without a report

    def add(self, stage: Stage, report: Path) -> None:
        if not report.exists():
            self.broken.append(stage.name)
            return
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            told = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
            self.failed += told["failures"]
            self.errors += told["errors"]
            self.skipped += told["skipped"]
            self.passed += told["tests"] - told["failures"] - told["errors"] - told["skipped"]

    def __str__(self) -> str:
        counts = {"failed": self.failed, "passed": self.passed, "skipped": self.skipped, "errors": self.errors}
        said = [f"{count} {name}" for name, count in counts.items() if count or name == "passed"]
        return ", ".join([*said, *(f"no report of {name}" for name in self.broken)])


def run(stage: Stage, environment: Mapping[str, str], report: Path) -> int:
    """One process of pytest with its workers. Returns its exit code."""
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-n", str(stage.workers), "-m", stage.marks, f"--junitxml={report}", *stage.more]
    begun, spent = time.monotonic(), _processor_seconds()
    code = subprocess.run([*command, *_durations()], check=False, env={**os.environ, **environment}).returncode
    print(f"({time.monotonic() - begun:.0f} s, {_processor_seconds() - spent:.0f} s of processor)", flush=True)  # noqa: T201
    return code


def _durations() -> list[str]:
    wanted = os.environ.get("DURATIONS")
    return [f"--durations={wanted}"] if wanted else []


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the services end too
    begun, total, codes = time.monotonic(), Sum(), [0]
    chosen = [stage for stage in STAGES if not words or any(word in stage.name for word in words)]
    REPORTS.mkdir(parents=True, exist_ok=True)
    with ExitStack() as services:
        addresses: dict[str, str] = {}
        for stage in chosen:
            print(f"\n{stage.name}:", flush=True)  # noqa: T201
            if stage.services and not addresses:
                try:
                    addresses = {
                        "DATABASE_URL": services.enter_context(postgresql()),
                        "REDIS_URL": services.enter_context(redis()),
                    }
                except ServiceError as error:
                    print(error, flush=True)  # noqa: T201
                    total.broken.append(stage.name)
                    continue
            report = REPORTS / f"{stage.name.replace(' ', '-')}.xml"
            codes.append(run(stage, addresses if stage.services else {}, report))
            total.add(stage, report)
    print(f"\n{total} in {time.monotonic() - begun:.2f}s")  # noqa: T201
    return max(codes) or int(bool(total.broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
