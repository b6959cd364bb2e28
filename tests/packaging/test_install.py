"""What the pages about installing say is done: their commands, in an empty place, up to an answer from /healthz."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from tests.packaging.stranger import answers
from tests.ports import free_port

pytestmark = pytest.mark.deep

NEEDS_SYSTEMD = ("useradd", "systemctl", "systemd-run", "install -D")
"""Commands of the page that need a running systemd or a machine of one's own: said there, and run by no test."""


def blocks(page: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", (ROOT / "docs/running" / page).read_text(), re.DOTALL)


def ran(command: str, cwd: Path, **environment: str) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("THROUGHLINE_", "VIRTUAL_"))}
    done = subprocess.run(
        ["/bin/sh", "-euc", command],
        cwd=cwd,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("clone") / "throughline"
    subprocess.run(["git", "clone", "--quiet", ROOT, made], check=True, timeout=60)
    return made


@contextmanager
def serving(program: Path, **environment: str) -> Iterator[str]:
    """Serves from an installed program until the block is over. Gives the address, which answers."""
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    output = program.parent / "serve.log"
    with output.open("wb") as log:
        child = subprocess.Popen(
            [program, "serve"],
            env={**inherited, "PORT": str(port), **environment},
            stdout=log,
            stderr=log,
            cwd=program.parent,
            start_new_session=True,
        )
    try:
        while not answers(port):
            assert child.poll() is None, output.read_text()
        yield f"http://localhost:{port}"
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        assert child.wait(60) == 0, output.read_text()


def test_the_pages_commands_install_it_and_it_serves(clone: Path, tmp_path: Path) -> None:
    place = tmp_path / "opt"
    run_ones = [block for block in blocks("install.md") if not any(word in block for word in NEEDS_SYSTEMD)]
    assert len(run_ones) == 2, "a new block: run it here, or name in NEEDS_SYSTEMD what it needs"
    for block in run_ones:
        given = {
            "THROUGHLINE_DATA": str(tmp_path / "data"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        ran(block.replace("/opt/throughline", str(place)), clone, **given)
    shared = place / "share/throughline"
    assert {path.name for path in shared.iterdir()} == {path.name for path in (ROOT / "deploy").iterdir()}
    with (
        serving(place / "bin/throughline", THROUGHLINE_DATA=str(tmp_path / "data")) as address,
        urllib.request.urlopen(f"{address}/account/login/", timeout=60) as page,
    ):
        assert page.status == 200
    upgrade = blocks("install.md")[-1].splitlines()
    assert "--upgrade" in upgrade[1]
    ran(upgrade[1].replace("/opt/throughline", str(place)), clone)


def test_the_images_first_stage_builds_and_what_it_made_serves(clone: Path, tmp_path: Path) -> None:
    """The stages' own commands, without a container: those of the system's packages and users are left out."""
    text = (ROOT / "deploy/Containerfile").read_text()
    build, final = text.split("\nFROM ")[0:3][-2:]
    commands = [each.replace("\\\n", " ") for each in re.findall(r"^RUN ((?:.*\\\n)*.*)", build, re.MULTILINE)]
    place = tmp_path / "throughline"
    for command in commands:
        if "apt-get" not in command:
            ran(command.replace("/opt/throughline", str(place)), clone)
    given = dict(re.findall(r"(THROUGHLINE_DATA|HOST|PYTHONUNBUFFERED)=(\S+)", final))
    assert given["THROUGHLINE_DATA"] == "/data"
    with serving(place / "bin/throughline", **{**given, "THROUGHLINE_DATA": str(tmp_path / "data")}) as address:
        healthy = re.search(r'CMD \["python", "-c", "(.*)"\]\n', final)
        assert healthy is not None
        ran(f'{place}/bin/python -c "{healthy[1]}"', tmp_path, PORT=address.rsplit(":", 1)[1])
