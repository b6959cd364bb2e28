"""The program installs as a package with one command, on a machine that has nothing of this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

pytestmark = pytest.mark.deep


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `throughline` in an empty virtual environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("package")
    uv = shutil.which("uv", path=f"{ROOT / '.tools'}:{os.environ['PATH']}")
    assert uv, "uv is missing: run `make build`."
    built = run(uv, "build", "--quiet", "--out-dir", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    # What a stranger gets is the newest of each part; what we test is what the lock names.
    wanted = run(uv, "export", "--quiet", "--locked", "--no-dev", "--no-emit-project", "--no-hashes", cwd=ROOT)
    (folder / "locked.txt").write_text(wanted.stdout)
    for step in (
        [uv, "venv", "--quiet", folder / "venv"],
        [uv, "pip", "install", "--quiet", "--python", folder / "venv", "-c", folder / "locked.txt", wheel],
    ):
        done = run(*step, cwd=folder, VIRTUAL_ENV="")
        assert done.returncode == 0, done.stderr
    return folder / "venv/bin/throughline"


def test_an_installed_program_checks_itself(program: Path, tmp_path: Path) -> None:
    done = run(program, "check", cwd=tmp_path, THROUGHLINE_DATA=str(tmp_path / "data"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_holds_all_that_a_server_needs(program: Path, tmp_path: Path) -> None:
    installed = next(program.parents[1].glob("lib/python*/site-packages/throughline"))
    here = ROOT / "throughline"
    needed = {
        path.relative_to(here)
        for pattern in ("*/templates/**/*", "*/migrations/*.py", "foundation/static/**/*", "**/locale/**/*.mo")
        for path in here.glob(pattern)
        if path.is_file()
    }
    assert {path for path in needed if not (installed / path).exists()} == set()
    assert list(installed.glob("*/tests")) == []
