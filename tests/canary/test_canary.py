"""What people write is found nowhere but under its seal, and nowhere at all once its key is destroyed."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.canary.makers import MARK

CONTROL = "The sparrow sings in plain"


@dataclass(frozen=True)
class Sung:
    """What the installation left behind: its folder of results, its log, and its own report."""

    folder: Path
    log: str
    report: dict[str, Any]


@pytest.fixture(scope="module")
def sung(tmp_path_factory: pytest.TempPathFactory) -> Sung:
    folder = tmp_path_factory.mktemp("canary")
    (folder / "clock").write_text("0")
    environment = {
        **os.environ,
        "THROUGHLINE_DATA": str(folder / "data"),
        "THROUGHLINE_CLOCK_FILE": str(folder / "clock"),
        "DJANGO_SETTINGS_MODULE": "throughline.config.settings",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "EMAIL_URL": "",
        "THROUGHLINE_DEBUG": "",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.canary.sing", str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return Sung(folder, done.stdout + done.stderr, json.loads((folder / "report.json").read_text()))


def disguises(sentence: str) -> list[bytes]:
    """The sentence as it might lie in a file: plain, wide, in hex, or in base64 at each of three offsets."""
    plain = sentence.encode()
    inner = [base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)]
    return [plain, sentence.encode("utf-16-le"), plain.hex().encode(), json.dumps(sentence).encode(), *inner]


def files_with(folder: Path, needles: list[bytes]) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(needle in path.read_bytes() for needle in needles))


def test_every_sealed_field_was_written_to(sung: Sung) -> None:
    assert sung.report["unmarked"] == [], "add a maker to tests/canary/makers.py that fills these"
    assert sung.report["shown"], "its own people read it"


def test_the_sentence_lies_in_no_file(sung: Sung) -> None:
    """Database, its log, the queue in it, and the outbox: all in one folder."""
    names = {path.name for path in (sung.folder / "living").rglob("*") if path.is_file()}
    assert {"throughline.sqlite3", "throughline.sqlite3-wal"} <= names
    assert any(name.endswith(".eml") for name in names)
    assert files_with(sung.folder / "living", disguises(MARK)) == []


def test_the_search_would_have_found_it(sung: Sung) -> None:
    assert files_with(sung.folder / "living", disguises(CONTROL)) != []


def test_the_sentence_is_in_no_log_and_on_no_page_of_the_admin(sung: Sung) -> None:
    assert MARK not in sung.log
    assert "RuntimeError" in sung.log  # the failure was logged, without what it said
    pages = (sung.folder / "admin.html").read_text()
    assert MARK not in pages
    assert "tomas@example.org" in pages  # the pages were shown, not refused


def test_what_was_destroyed_leaves_neither_rows_nor_its_key(sung: Sung) -> None:
    wrapped = bytes.fromhex(sung.report["wrapped"])
    assert files_with(sung.folder / "living", [wrapped]) != []
    assert files_with(sung.folder / "destroyed", [wrapped]) == []
    assert sung.report["rows_left"] == 0
