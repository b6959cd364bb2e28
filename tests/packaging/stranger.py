"""A stranger's machine: types README's first command in a fresh clone and waits for the address to answer."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.house import ROOT


@contextmanager
def started(clone: Path, home: Path, port: int, within: float) -> Iterator[float]:
    """Runs README's command until /healthz answers; gives the seconds that took."""
    (command,) = (
        line.split("#")[0].strip()
        for line in (ROOT / "README.md").read_text().splitlines()
        if line.startswith("make run")
    )
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    environment = {**inherited, "HOME": str(home), "PORT": str(port)}
    begun = time.monotonic()
    with (home / "output").open("ab") as output:
        child = subprocess.Popen(
            command.split(), cwd=clone, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        while not answers(port):
            said = (home / "output").read_text()
            assert child.poll() is None, said
            assert time.monotonic() - begun < within, said
            time.sleep(0.02)
        yield time.monotonic() - begun
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
