"""What release 0.1.0 left behind works here: upgraded in place, and restored from its backup into either database."""

from __future__ import annotations

import json
from pathlib import Path

from tests.upgrade.alive import EXPECTED
from tests.upgrade.conftest import NewPlace, deep_on_postgresql, on_postgresql, on_sqlite
from tests.upgrade.place import Databases, Place


def alive(place: Place) -> object:
    return json.loads(place.do(module="tests.upgrade.alive").splitlines()[-1])


@on_sqlite
def test_it_is_brought_up_to_date_in_place_with_a_copy_of_what_was(old_place: Place) -> None:
    was = (old_place.data / "throughline.sqlite3").stat().st_size
    assert alive(old_place) == EXPECTED
    (copy,) = (old_place.data / "before-upgrade").iterdir()
    assert copy.stat().st_size == was


@deep_on_postgresql
def test_its_backup_is_restored_into_this_version(old_place: Place, new_place: NewPlace, tmp_path: Path) -> None:
    assert "found whole" in old_place.do("backup", "--to", tmp_path / "kept")
    (file,) = (tmp_path / "kept").iterdir()
    place = new_place()
    assert "Restored" in place.do("restore", file)
    assert alive(place) == EXPECTED
    assert sorted(path.name for path in place.data.iterdir() if path.name.startswith(("restoring", "before"))) == []


@on_postgresql
def test_one_command_moves_to_postgresql(old_place: Place, databases: Databases) -> None:
    """And back, and that everything lives there: tests/upgrade/test_whole.py, by the documentation's commands."""
    address = databases.new()
    assert "the same on both sides" in old_place.do("move", "--to", address)
    refused = old_place.run("move", "--to", address)
    assert (refused.returncode, "holds data already" in refused.stderr) == (1, True)
