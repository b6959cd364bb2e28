"""Wherever the power fails while files change places, the next start finishes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from throughline.config.backups import swapping
from throughline.config.backups.swapping import Swap
from throughline.foundation.environment import ENV

SWAP = Swap("incoming", "aside", ["keys", "throughline.sqlite3"], ["outbox", "throughline.sqlite3-wal"])


@pytest.fixture
def data(monkeypatch, tmp_path):
    monkeypatch.setattr(swapping, "ENV", replace(ENV, data=tmp_path))
    for folder, said in ((tmp_path, "old"), (tmp_path / "incoming", "new")):
        (folder / "keys").mkdir(parents=True)
        (folder / "keys" / "installation.key").write_text(said)
        (folder / "throughline.sqlite3").write_text(said)
    (tmp_path / "outbox").mkdir()
    (tmp_path / "throughline.sqlite3-wal").write_text("old")
    return tmp_path


class PowerCutError(Exception):
    pass


def exchanged(data: Path) -> dict[str, str]:
    return {str(path.relative_to(data)): path.read_text() for path in data.rglob("*") if path.is_file()}


WHOLE = {
    "keys/installation.key": "new",
    "throughline.sqlite3": "new",
    "aside/keys/installation.key": "old",
    "aside/throughline.sqlite3": "old",
    "aside/throughline.sqlite3-wal": "old",
    "swapping.lock": "",
}


@pytest.mark.parametrize("steps", range(8))
def test_it_goes_on_where_it_was_broken_off(data, monkeypatch, steps):
    left = steps
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        nonlocal left
        if self.name != f"{swapping.NOTE}.draft":
            if not left:
                raise PowerCutError
            left -= 1
        return rename(self, target)

    swapping.leave_note(SWAP)
    monkeypatch.setattr(Path, "rename", failing)
    try:
        swapping.finish()
    except PowerCutError:
        assert (data / swapping.NOTE).exists()
    monkeypatch.setattr(Path, "rename", rename)
    swapping.finish_interrupted()
    found = exchanged(data)
    found.pop("serving.lock", None)
    assert found == WHOLE
    assert not (data / "outbox").exists()


def test_while_somebody_serves_it_waits(data):
    swapping.leave_note(SWAP)
    with swapping.nobody_serves():
        swapping.finish_interrupted()
        assert (data / "throughline.sqlite3").read_text() == "old"
    swapping.finish_interrupted()
    assert (data / "throughline.sqlite3").read_text() == "new"
