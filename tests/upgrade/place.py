"""An installation for a test of the command line: a data folder, and on PostgreSQL a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from tests.architecture.house import ROOT
from tests.journeys.server import OURS

PATIENCE = 300.0  # seconds for one command, on a machine that does many other things
PASSPHRASE = "seven quiet herons"


@dataclass
class Place:
    """`more`: variables beside the data folder, such as DATABASE_URL."""

    data: Path
    more: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str | Path, module: str = "throughline.config.command") -> subprocess.CompletedProcess[str]:
        bare = {
            name: value for name, value in os.environ.items() if not name.startswith((*OURS, "BACKUP_", "FILES_URL"))
        }
        environment = {**bare, "PYTHONPATH": str(ROOT), "THROUGHLINE_DATA": str(self.data), **self.more}
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            cwd=ROOT,
            env={"BACKUP_PASSPHRASE": PASSPHRASE, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def do(self, *words: str | Path, module: str = "throughline.config.command") -> str:
        """As `run`, for what must go well. Returns what it printed."""
        done = self.run(*words, module=module)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class Databases:
    """New databases on the PostgreSQL of DATABASE_URL, all dropped by `drop`."""

    def __init__(self) -> None:
        self._server = os.environ.get("DATABASE_URL", "")
        self._names: list[str] = []

    def new(self) -> str:
        """The address of an empty one."""
        name = f"place_{uuid4().hex}"
        self._ask(f"CREATE DATABASE {name}")
        self._names.append(name)
        return urlsplit(self._server)._replace(path=f"/{name}").geturl()

    def drop(self) -> None:
        for name in self._names:
            self._ask(f"DROP DATABASE {name} WITH (FORCE)")

    def _ask(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())
