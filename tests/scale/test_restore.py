"""A restore where it must not go through: others work on the same PostgreSQL, or the disk has no room for it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.databases import Blank
from tests.journeys.server import ROOT, Server
from tests.scale.parts import House, Parts, filled
from tests.scale.people import Visitor, settle
from tests.scale.small import small_disk
from tests.scale.test_hold import say
from tests.servers import service_folder

pytestmark = pytest.mark.deep
PATIENCE = 300.0  # seconds for one command


def throughline(server: Server, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "throughline.config.command", *map(str, words)],
        cwd=ROOT, env={**server.environment, "BACKUP_PASSPHRASE": "seven quiet herons"}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def backup(server: Server, folder: Path) -> Path:
    folder.mkdir()
    done = throughline(server, "backup", "--to", folder)
    assert done.returncode == 0, done.stderr
    (made,) = folder.glob("*.backup")
    return made


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with ExitStack() as running:
        parts = running.enter_context(Parts(running.enter_context(service_folder())))
        yield running.enter_context(House(tmp_path / "house", parts, 2))


def test_who_works_on_the_database_is_named_and_nothing_is_changed(house: House, tmp_path: Path) -> None:
    first, second = house.servers
    conversation = f"/relationships/{house.pair}/conversation/"
    with Visitor(first.address) as mira:
        mira.sign_in("mira@example.org")
        assert say(mira, conversation, "before the backup").status_code == 302
        made = backup(first, tmp_path / "backups")
        assert say(mira, conversation, "after the backup").status_code == 302

        with house.worker():
            house.wait_for_workers(3)
            refused = throughline(first, "restore", made, "--replace")
            assert (refused.returncode, refused.stdout) == (1, "")
            assert "would write into what is moved aside" in refused.stderr
            names = set(re.findall(r"throughline \w+ \d+(?: of \d+)? at", refused.stderr))
            assert names >= {f"throughline worker {pid} of {server.pid} at" for server in house.servers
                             for pid in server.children()}  # fmt: skip
            assert [each for each in names if re.fullmatch(r"throughline worker \d+ at", each)]
        assert "after the backup" in mira.get(conversation).text

        second.stop()
        still = throughline(first, "restore", made, "--replace")  # one of several does not say that it is the last
        assert (still.returncode, f"of {first.pid} at" in still.stderr) == (1, True), still.stderr
        first.stop()
        done = throughline(first, "restore", made, "--replace")
        assert done.returncode == 0, done.stderr
        for server in house.servers:
            server.start(ready=False)
        house.all_ready()
        page = mira.get(conversation).text
        assert (page.count("<p>before the backup</p>"), page.count("after the backup")) == (1, 0)


def test_a_disk_without_room_leaves_everything_as_it_was(tmp_path: Path, blank: Blank) -> None:
    """While it serves: SQLite, keys and files on one small disk, the backup on another."""
    with small_disk(tmp_path / "small", megabytes=24) as disk:
        server = Server(disk)
        blank.lend_to(server)
        pair = settle(server)
        conversation = f"/relationships/{pair}/conversation/"
        with server, Visitor(server.address) as mira:
            mira.sign_in("mira@example.org")
            assert say(mira, conversation, "before the backup").status_code == 302
            made = backup(server, tmp_path / "backups")
            assert say(mira, conversation, "after the backup").status_code == 302
            before = {path.name for path in server.data.iterdir()}
            for room in (0, 100, 600):  # KiB: at its first step, in the middle, at the end
                with filled(disk, but=room):
                    refused = throughline(server, "restore", made, "--replace")
                    assert refused.returncode == 1, refused.stdout
                    assert re.search("There is no room left on the disk|No space left", refused.stderr), refused.stderr
                    assert refused.stderr.endswith("Nothing was changed.\n")
                    assert mira.get(conversation).status_code == 200
                assert {path.name for path in server.data.iterdir()} - {"swapping.lock"} == before
            assert say(mira, conversation, "afterwards").status_code == 302
            page = mira.get(conversation).text
            said = ("before the backup", "after the backup", "afterwards")
            assert [page.count(f"<p>{words}</p>") for words in said] == [1, 1, 1]
            shutil.rmtree(disk / "data" / "outbox", ignore_errors=True)
            done = throughline(server, "restore", made, "--replace")
            assert done.returncode == 0, done.stderr
            server.wait_until_ready()
