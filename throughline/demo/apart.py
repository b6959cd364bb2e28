"""The demonstration and real life never share a database: held by a mark inside the database file itself.

SQLite keeps two numbers for programs in the head of a file. `application_id` is set before the first table is made,
and says that the file is the demonstration's; `user_version` is set in the transaction that makes the
demonstration, and says that it is whole. A real database carries neither.
"""

from __future__ import annotations

import ipaddress
import shutil
import sqlite3
from contextlib import closing
from enum import Enum, auto
from pathlib import Path
from urllib.parse import urlsplit

from throughline.foundation.environment import ENV, Environment

OURS = 0x74684C44  # "thLD"
WHOLE = 1


class Found(Enum):
    """What lies in a data folder."""

    NOTHING = auto()
    REAL = auto()
    UNFINISHED = auto()
    DEMONSTRATION = auto()


def reason_to_refuse(env: Environment = ENV) -> str:
    """Why nothing may start here, as a sentence that says what to do; "" when all is well."""
    found = found_in(database(env))
    if not env.demo:
        if found in (Found.UNFINISHED, Found.DEMONSTRATION) and not env.database_url:
            return (
                f"{env.data} holds the demonstration, whose people are invented. Set THROUGHLINE_DATA to a folder of "
                "your own; or THROUGHLINE_DEMO=1 to look at the demonstration."
            )
        return ""
    if found is Found.REAL:
        return (
            f"{env.data} holds a database that the demonstration did not make, so it is left alone. Set "
            "THROUGHLINE_DATA to another folder, or take THROUGHLINE_DEMO away."
        )
    if env.database_url:
        return "The demonstration keeps a database of its own: take DATABASE_URL away, or THROUGHLINE_DEMO."
    if env.email_url:
        return "Nothing leaves the machine in the demonstration: take EMAIL_URL away, or THROUGHLINE_DEMO."
    if not env.demo_anywhere and not all(map(_is_loopback, (env.host, urlsplit(env.base_url).hostname))):
        return (
            "In the demonstration anybody can be anybody, so it answers on this machine alone: leave HOST and "
            "THROUGHLINE_URL as they are; or set THROUGHLINE_DEMO=anywhere if everybody may come in."
        )
    return ""


def begin_where_nothing_is_finished(env: Environment = ENV) -> None:
    """Mark a new database as the demonstration's; one that was interrupted goes first, with its mail."""
    path = database(env)
    if found_in(path) is Found.UNFINISHED:
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        shutil.rmtree(env.data / "outbox", ignore_errors=True)
    if found_in(path) is Found.NOTHING:
        with closing(sqlite3.connect(path)) as file:
            file.execute(f"PRAGMA application_id = {OURS}")


def is_on(env: Environment = ENV) -> bool:
    """Whether this is the demonstration: asked for, and with a database that is. Both, however we were started."""
    return env.demo and is_made(env)


def is_made(env: Environment = ENV) -> bool:
    return found_in(database(env)) is Found.DEMONSTRATION


def found_in(path: Path) -> Found:
    """Reads the two numbers and nothing else."""
    if not path.exists() or not path.stat().st_size:
        return Found.NOTHING
    with closing(sqlite3.connect(path)) as file:
        try:
            (whose,) = file.execute("PRAGMA application_id").fetchone()
            (state,) = file.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError:
            return Found.REAL  # whatever it is, we did not make it
    if whose != OURS:
        return Found.REAL
    return Found.DEMONSTRATION if state == WHOLE else Found.UNFINISHED


def database(env: Environment) -> Path:
    return env.data / "throughline.sqlite3"


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
