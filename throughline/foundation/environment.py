"""Every variable that an operator can set, each declared once with its meaning.

`throughline check` explains them and a test holds docs/running/environment.md to this list.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, the value when nothing is set, and what it is for."""

    name: str
    default: str
    meaning: str

    def read(self) -> str:
        return os.environ.get(self.name, self.default).strip()


VARIABLES: dict[str, Variable] = {}


def _declare(name: str, default: str, meaning: str) -> Variable:
    VARIABLES[name] = variable = Variable(name, default, meaning)
    return variable


_DATA = _declare(
    "THROUGHLINE_DATA",
    "data",
    "The folder that holds everything: database, files, keys. In the demonstration: data/demo when nothing is set.",
)
_DEMO = _declare(
    "THROUGHLINE_DEMO",
    "",
    "1 serves the demonstration: invented people whom anybody can be with one click, in a data folder of its own. "
    "`anywhere` allows that on other addresses than this machine's own.",
)
_HOST = _declare("HOST", "127.0.0.1", "The address that `throughline serve` listens on.")
_PORT = _declare("PORT", "8000", "The port that `throughline serve` listens on.")
_BASE_URL = _declare(
    "THROUGHLINE_URL", "", "The address people use, such as https://mentoring.example.org. "
    "When empty: http://localhost and the port.",
)  # fmt: skip
_DATABASE = _declare("DATABASE_URL", "", "postgres://… for PostgreSQL. When empty: SQLite in the data folder.")
_REDIS = _declare("REDIS_URL", "", "redis://… joins several web processes. When empty: one process.")
_FILES = _declare(
    "FILES_URL",
    "",
    "s3://key:secret@host/bucket/below?region=… keeps files in S3, file:///folder in another folder. When empty: in "
    "the data folder.",
)
_EMAIL = _declare("EMAIL_URL", "", "smtp://user:password@host:587/?tls=1. When empty: mail is kept in the outbox.")
_MAIL_FROM = _declare("MAIL_FROM", "Throughline <throughline@localhost>", "The sender of every mail.")
_KEY = _declare(
    "THROUGHLINE_KEY",
    "",
    "The installation's key (32 bytes, base64). When empty: made once, in the data folder.",
)
_CLOCK = _declare("THROUGHLINE_CLOCK_FILE", "", "Tests only: a file with seconds to add to the clock.")
_DEBUG = _declare("THROUGHLINE_DEBUG", "", "Set to 1 while developing: pages show errors in full.")


@dataclass(frozen=True)
class Environment:
    """The variables as typed values, read once at start."""

    data: Path
    demo: bool
    demo_anywhere: bool
    host: str
    port: int
    base_url: str
    database_url: str
    redis_url: str
    files_url: str
    email_url: str
    mail_from: str
    key: str
    clock_file: str
    debug: bool


def read() -> Environment:
    """Read the process's environment. Raises ValueError with a sentence when a value cannot be used."""
    port = _PORT.read()
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    demo = _DEMO.read()
    if demo not in ("", "1", "anywhere"):
        raise ValueError(f"THROUGHLINE_DEMO is 1, `anywhere`, or nothing, and not {demo!r}.")
    return Environment(
        data=Path(_data_folder(demo=bool(demo))).absolute(),
        demo=bool(demo),
        demo_anywhere=demo == "anywhere",
        host=_HOST.read(),
        port=int(port),
        base_url=_BASE_URL.read().rstrip("/") or f"http://localhost:{port}",
        database_url=_DATABASE.read(),
        redis_url=_REDIS.read(),
        files_url=_FILES.read(),
        email_url=_EMAIL.read(),
        mail_from=_MAIL_FROM.read(),
        key=_KEY.read(),
        clock_file=_CLOCK.read(),
        debug=_DEBUG.read() == "1",
    )


def _data_folder(*, demo: bool) -> str:
    """The demonstration never falls into the folder that is meant for real people."""
    return "data/demo" if demo and _DATA.name not in os.environ else _DATA.read()


ENV = read()
