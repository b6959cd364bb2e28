"""README's first command, as a stranger types it: a fresh clone, an empty home, and nothing set up."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from tests.packaging.stranger import started
from tests.ports import free_port

pytestmark = pytest.mark.deep

COLD = 300.0  # seconds, on a busy machine with a slow line
WARM = 3.0


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
