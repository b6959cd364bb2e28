"""README's first command, as a stranger types it: a fresh clone, an empty home, and nothing set up."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from tests.journeys.server import free_port

pytestmark = pytest.mark.deep

COLD = 300.0  # seconds, on a busy machine with a slow line
WARM = 3.0


@contextmanager
def started(clone: Path, home: Path, port: int, within: float) -> Iterator[float]:
    """Runs README's command until /healthz answers; gives the seconds that took."""
    (command,) = (
        line.split("#")[0].strip()
        for line in (ROOT / "README.md").read_text().splitlines()
        if line.startswith("make run")
    )
    environment = {**os.environ, "HOME": str(home), "PORT": str(port), "THROUGHLINE_DATA": str(clone / "data")}
    begun = time.monotonic()
    with (home / "output").open("ab") as output:
        child = subprocess.Popen(
            command.split(), cwd=clone, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        while not _answers(port):
            said = (home / "output").read_text()
            assert child.poll() is None, said
            assert time.monotonic() - begun < within, said
            time.sleep(0.02)
        yield time.monotonic() - begun
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(20)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_make_run_starts_from_nothing_and_then_quickly(tmp_path: Path) -> None:
    clone, home, port = tmp_path / "clone", tmp_path / "home", free_port()
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True, timeout=60)
    with started(clone, home, port, COLD):
        pass
    assert f"http://localhost:{port}" in (home / "output").read_text()
    # The best of three: what is asked is that nothing slow is called, on a machine that may be doing other things.
    took = []
    for _ in range(3):
        with started(clone, home, port, COLD) as seconds:
            took.append(seconds)
    assert min(took) < WARM
