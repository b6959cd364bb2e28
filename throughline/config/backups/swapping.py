"""Putting a restored installation into the place of the old one: all of it, even when the power fails in between.

What is new lies ready beside what is old. A note, written last, says so; from then on there is only forward: whoever
starts next finishes what the note says. Nothing is deleted: what was there is moved aside. No Django here: this runs
before the settings are read, which would make new keys where the old ones are just being moved.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import IO

from throughline.config.backups.faults import BackupError
from throughline.foundation.environment import ENV

NOTE = "restore-is-ready.json"
DATABASE = ["throughline.sqlite3", "throughline.sqlite3-wal", "throughline.sqlite3-shm"]
PATIENCE = 120.0  # seconds in which a server finishes its requests and lets go


@dataclass(frozen=True)
class Swap:
    """`incoming` and `aside` are folders in the data folder; what is `arriving` comes from the one, and what was
    there goes to the other.

    leaving: what goes aside and has no successor. schema: of PostgreSQL, with the new tables; `tables` the old ones.
    """

    incoming: str
    aside: str
    arriving: list[str]
    leaving: list[str]
    schema: str = ""
    tables: list[str] = field(default_factory=list)


def leave_note(swap: Swap) -> None:
    """From here on it happens."""
    draft = ENV.data / f"{NOTE}.draft"
    with draft.open("w") as file:
        json.dump(asdict(swap), file)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(ENV.data / NOTE)
    _flush(ENV.data)


def note() -> Swap | None:
    try:
        return Swap(**json.loads((ENV.data / NOTE).read_text()))
    except FileNotFoundError:
        return None


def finish_interrupted() -> None:
    """At the start of every command: when a restore lies ready and nobody serves, put it into its place."""
    if (ENV.data / NOTE).exists():
        finish()


def finish() -> bool:
    """Whether nothing is left to do; False while somebody serves. Harmless when done already. Raises BackupError.

    Who holds the lock of swaps may hold the place of the server for a moment; nobody else holds both.
    """
    with alone_with_swaps():
        swap = note()
        if swap is None:
            return True
        place = nobody_serves()
        if place is None:
            return False
        with place:
            finish_here(swap)
    return True


def finish_here(swap: Swap) -> None:
    """For whoever holds the place already."""
    if swap.schema:
        exchange_tables(swap, ENV.database_url)
    _exchange_files(swap)
    (ENV.data / NOTE).unlink()
    _flush(ENV.data)


@contextmanager
def alone_with_swaps() -> Iterator[None]:
    with (ENV.data / "swapping.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def take_over(say: Callable[[str], None]) -> None:
    """Ask the server of this data folder to make way, if there is one, and finish. Returns when it is done."""
    asked = False
    end = time.monotonic() + PATIENCE
    while not finish():
        if not asked:
            asked = _ask_the_server(say)
        if time.monotonic() > end:
            raise BackupError("The restore lies ready, and the server does not let go: stop it, and start it again.")
        time.sleep(0.1)


def nobody_serves() -> IO[str] | None:
    """The place of the one web process, held until it is closed; None when somebody has it."""
    file = (ENV.data / "serving.lock").open("a")
    try:
        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _ask_the_server(say: Callable[[str], None]) -> bool:
    """It ends its requests, starts itself anew, and finds the note."""
    try:
        os.kill(int((ENV.data / "serving.lock").read_text()), signal.SIGHUP)
    except (ValueError, ProcessLookupError, PermissionError):
        return False
    say("The server takes the restored data over; open pages come back by themselves.")
    return True


def _exchange_files(swap: Swap) -> None:
    incoming, aside = ENV.data / swap.incoming, ENV.data / swap.aside
    aside.mkdir(exist_ok=True, mode=0o700)
    for entry in swap.leaving:
        if (ENV.data / entry).exists() and not (aside / entry).exists():
            (ENV.data / entry).rename(aside / entry)
    for entry in swap.arriving:
        if not (incoming / entry).exists():
            continue  # it is in its place already
        if (ENV.data / entry).exists():
            (ENV.data / entry).rename(aside / entry)
        (incoming / entry).rename(ENV.data / entry)
    _flush(aside)
    _flush(ENV.data)
    if incoming.exists():
        incoming.rmdir()
    if not any(aside.iterdir()):
        aside.rmdir()


def exchange_tables(swap: Swap, url: str) -> None:
    """In one transaction: the old tables into a schema of their own, the new ones into theirs."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    try:
        with psycopg.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '60s'")
            cursor.execute("SELECT current_schema()")
            here = str((cursor.fetchone() or ["public"])[0])
            arriving = _tables_of(cursor, swap.schema)
            if not arriving:
                return
            aside = Identifier(swap.aside.replace("-", "_"))
            leaving = sorted((set(swap.tables) | set(arriving)) & set(_tables_of(cursor, here)))
            if leaving:
                cursor.execute(SQL("CREATE SCHEMA {}").format(aside))
            for table in leaving:
                cursor.execute(SQL("ALTER TABLE {} SET SCHEMA {}").format(Identifier(here, table), aside))
            for table in arriving:
                new = Identifier(swap.schema, table)
                cursor.execute(SQL("ALTER TABLE {} SET SCHEMA {}").format(new, Identifier(here)))
            cursor.execute(SQL("DROP SCHEMA {}").format(Identifier(swap.schema)))
    except psycopg.Error as error:
        raise BackupError(
            f"PostgreSQL did not exchange the tables ({type(error).__name__}), and nothing was changed: stop whatever "
            "else uses the database, then start again."
        ) from error


def _tables_of(cursor: object, schema: str) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])  # type: ignore[attr-defined]
    return sorted(name for (name,) in cursor.fetchall())  # type: ignore[attr-defined]


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_file(file: IO[bytes]) -> None:
    os.fsync(file.fileno())
