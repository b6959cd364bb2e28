"""Seconds from `throughline serve` to an answer of /healthz on a database that is up to date, and back to nothing.

The limit is what we promise: a second start in under 3 s. Beside it the seconds of CPU, which a busy machine does not
stretch, against those of the least that any Django start costs (django.setup alone) in the same run.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.journeys.server import Server

RUNS = 5
LIMIT = 3.0
BARE = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'throughline.config.settings'; django.setup()"


def cpu_of(work: Callable[[], object]) -> float:
    """Seconds of CPU that children which ended meanwhile took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cpu_until_now(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    waits: list[float] = []
    costs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        with server:
            server.stop()
        for _ in range(RUNS):
            begun = time.monotonic()
            with server:
                waits.append(time.monotonic() - begun)
                costs.append(cpu_until_now(server.pid))
        bare = cpu_of(lambda: subprocess.run([sys.executable, "-c", BARE], env=server.environment, check=True))
    wait, cost = statistics.median(waits), statistics.median(costs)
    print(
        json.dumps({"name": "warm start, s", "value": round(wait, 2), "peer": LIMIT, "ratio": round(LIMIT / wait, 2)})
    )
    print(
        json.dumps(
            {"name": "warm start, s of CPU", "value": cost, "peer": round(bare, 2), "ratio": round(bare / cost, 2)}
        )
    )


if __name__ == "__main__":
    main()
