"""What takes longer: both ways of making tables, files in S3, backups by themselves, a killed one, the docs."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from tests.journeys.server import Server
from tests.servers import s3
from tests.upgrade.alive import EXPECTED
from tests.upgrade.place import PASSPHRASE, Databases, Place
from tests.upgrade.release import unpack

pytestmark = pytest.mark.deep
SETTINGS = {"DJANGO_SETTINGS_MODULE": "throughline.config.settings"}


def test_files_in_s3_are_in_it_and_come_back_into_another_store(tmp_path: Path) -> None:
    unpack("0.1.0", tmp_path / "old")
    with s3() as address:
        old = Place(tmp_path / "old", {"FILES_URL": address})
        write = (
            "from throughline.foundation.files.store import files; files().write('photos/a.webp', [b'x' * 3_000_000])"
        )
        old.do("manage", "shell", "-v", "0", "-c", write)
        assert "1 files" in old.do("backup", "--keys", "apart", "--to", tmp_path / "kept")
        (file,) = (tmp_path / "kept").iterdir()
        new = Place(tmp_path / "new")
        refused = new.run("restore", file)
        assert (refused.returncode, "Give the key: --keys FILE" in refused.stderr) == (1, True)
        old.do("backup", "keys", tmp_path / "keys.backup")
        new.do("restore", file, "--keys", tmp_path / "keys.backup")
    assert (tmp_path / "new/files/photos/a.webp").read_bytes() == b"x" * 3_000_000
    assert json.loads(new.do(module="tests.upgrade.alive").splitlines()[-1]) == EXPECTED


def test_the_worker_makes_them_by_itself(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    given = {
        "DATABASE_URL": "",
        "BACKUP_TO": str(kept),
        "BACKUP_EVERY": "24h",
        "BACKUP_KEEP": "2",
        "BACKUP_PASSPHRASE": PASSPHRASE,
    }
    with Server(tmp_path / "served", environment=given) as server:
        place = Place(server.data, {"THROUGHLINE_CLOCK_FILE": str(tmp_path / "served" / "clock"), **given})
        for day in range(4):
            server.wait(lambda day=day: noted(server.data) == day + 1)
            server.move_clock(25 * 3600)
        server.wait(lambda: noted(server.data) == 5)
        assert "and verified" in place.run("check").stdout
    names = sorted(path.name for path in kept.iterdir())
    assert len(names) == 2
    assert "Whole" in place.do("backup", "verify", kept / names[-1])


def noted(data: Path) -> int:
    with closing(sqlite3.connect(data / "throughline.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM backups_backup WHERE fault = ''").fetchone()[0])


def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_one(tmp_path: Path) -> None:
    unpack("0.1.0", tmp_path / "old")
    place, kept = Place(tmp_path / "old"), tmp_path / "kept"
    stopped = (
        "import os, signal, django; django.setup(); from throughline.config.backups import making; "
        "making.verify = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        f"from throughline.config.command import main; main(['backup', '--to', {str(kept)!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", stopped],
        cwd=ROOT,
        check=False,
        env={**os.environ, "THROUGHLINE_DATA": str(place.data), "BACKUP_PASSPHRASE": PASSPHRASE, **SETTINGS},
    )
    assert done.returncode == -signal.SIGKILL
    assert [path.name.endswith(".making") for path in kept.iterdir()] == [True]
    place.do("backup", "--to", kept)
    assert len([*kept.glob("*.backup")]) == 1
    assert not (place.data / "backing-up").exists()


def test_the_commands_of_the_documentation_run(tmp_path: Path, postgres: Databases) -> None:
    """Each line that begins with `throughline` in backup.md, in order, with its names put in their places here."""
    unpack("0.1.0", tmp_path / "old")
    here, there = Place(tmp_path / "old", {"DATABASE_URL": ""}), Place(tmp_path / "new", {"DATABASE_URL": ""})
    text = (ROOT / "docs/running/backup.md").read_text()
    blocks = "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.S | re.M))
    commands = [line.partition("#")[0] for line in blocks.splitlines() if line.startswith("throughline ")]
    assert len(commands) == 7
    address = postgres.new()
    for command in commands:
        (file,) = [*(tmp_path / "kept").glob("*.backup")] or [tmp_path / "kept"]
        words = [
            word.replace("/mnt/backups/throughline-20261122T143645Z.backup", str(file))
            .replace("/mnt/backups", str(tmp_path / "kept"))
            .replace("postgres://throughline:secret@localhost/throughline", address)
            for word in shlex.split(command)[1:]
        ]
        words = [str(tmp_path / word) if re.fullmatch(r"[a-z-]+\.(txt|backup)", word) else word for word in words]
        if words[0] == "restore":
            there.do(*words)
        elif words == ["move", "--to", "sqlite"]:
            Place(here.data, {"DATABASE_URL": address}).do(*words, "--replace")
        else:
            here.do(*words)
    assert json.loads(here.do(module="tests.upgrade.alive").splitlines()[-1]) == EXPECTED
    assert json.loads(there.do(module="tests.upgrade.alive").splitlines()[-1]) == EXPECTED
