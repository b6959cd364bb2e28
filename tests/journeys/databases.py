"""An empty database for each server of a journey: a copied file, or on PostgreSQL a copied database.

DATABASE_URL and REDIS_URL in the environment of the tests say which (`python -m tests.servers` sets both).
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlsplit
from uuid import uuid4

from tests.journeys.server import Server

MAKE = "from throughline.config.schema import bring_up_to_date; bring_up_to_date()"


class Blank(Protocol):
    """Made once and copied."""

    def lend_to(self, server: Server) -> None: ...


class BlankFile:
    """SQLite: the file is copied into the server's data folder. Workers of one run that share `folder` make one."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "migrated.sqlite3"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self._file.exists():
                made = Server(folder / "made")
                _make_tables(made)
                shutil.move(made.data / "throughline.sqlite3", self._file)

    def lend_to(self, server: Server) -> None:
        server.data.mkdir()
        shutil.copy(self._file, server.data / "throughline.sqlite3")


class BlankOnPostgres:
    """PostgreSQL: a template database. A context manager: all are dropped at the end."""

    def __init__(self, folder: Path) -> None:
        self._server = os.environ["DATABASE_URL"]
        self._names: list[str] = []
        made = Server(folder, environment={"DATABASE_URL": self._create()})
        _make_tables(made)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in self._names:
            self._ask(f"DROP DATABASE {name} WITH (FORCE)")

    def lend_to(self, server: Server) -> None:
        server.data.mkdir()
        server.environment["DATABASE_URL"] = self._create(f" TEMPLATE {self._names[0]}")
        server.environment["REDIS_URL"] = os.environ.get("REDIS_URL", "")

    def _create(self, template: str = "") -> str:
        name = f"journey_{uuid4().hex}"
        self._ask(f"CREATE DATABASE {name}{template}")
        self._names.append(name)
        return urlsplit(self._server)._replace(path=f"/{name}").geturl()

    def _ask(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())


def _make_tables(server: Server) -> None:
    server.manage("shell", "-v", "0", "-c", MAKE)
