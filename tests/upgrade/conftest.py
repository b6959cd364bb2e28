"""Places: old ones as a release left them, and empty ones on the database that the tests run on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.servers import postgresql
from tests.upgrade.place import Databases, Place
from tests.upgrade.release import unpack

on_postgresql = pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="needs PostgreSQL: tests.servers")
on_sqlite = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="is about SQLite")
# Dear, and the same but for the writing of rows, which moving to PostgreSQL covers at every run.
deep_on_postgresql = pytest.mark.deep if os.environ.get("DATABASE_URL") else pytest.mark.skipif(False, reason="")
NewPlace = Callable[[], Place]


@pytest.fixture
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.drop()


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[Databases]:
    """New databases on a PostgreSQL that is started for the test."""
    with postgresql() as address:
        monkeypatch.setenv("DATABASE_URL", address)
        yield Databases()


@pytest.fixture
def new_place(tmp_path: Path, databases: Databases) -> NewPlace:
    """An empty installation: on SQLite, or on a new database of the PostgreSQL that the tests run on."""
    numbers = count()

    def make() -> Place:
        more = {"DATABASE_URL": databases.new()} if os.environ.get("DATABASE_URL") else {}
        return Place(tmp_path / f"place-{next(numbers)}", more)

    return make


@pytest.fixture
def old_place(tmp_path: Path) -> Place:
    """Release 0.1.0 on SQLite."""
    unpack("0.1.0", tmp_path / "old")
    return Place(tmp_path / "old")
