"""From SQLite to PostgreSQL and back: read from one, build in the other, compare, put in place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import DatabaseError, connection

from throughline.config.backups import growing, others, restoring, rows, swapping
from throughline.config.backups.databases import applied_in, connected, holds_data, models_at, snapshot
from throughline.config.backups.faults import BackupError
from throughline.foundation import clock
from throughline.foundation.environment import ENV

SQLITE = "sqlite"


def move(to: str, *, replace: bool, say: Callable[[str], None]) -> int:
    """Copy everything into another database. Returns how many rows, found equal on both sides. Raises BackupError.

    The database that was moved from stays as it is. Nothing may serve meanwhile: what came after would be lost.
    """
    target = _settings_of(to)
    place = swapping.nobody_serves()
    if place is None:
        raise BackupError(
            "Throughline serves from this database. Stop it first: what came during the move would be lost."
        )
    with place:
        others.must_be_alone()
        stamp = f"{clock.now():%Y%m%d%H%M%S}"
        working = restoring.clear_the_way(stamp)
        (working / "from").mkdir()
        try:
            with snapshot(working / "from") as source:
                return _copied(source, target, to, working, stamp, replace=replace, say=say)
        finally:
            shutil.rmtree(working, ignore_errors=True)


def _copied(
    source: str, target: Any, to: str, working: Path, stamp: str, *, replace: bool, say: Callable[[str], None]
) -> int:
    applied = applied_in(source)
    tables = rows.tables_in(models_at(source, applied))
    schema = f"throughline_restoring_{stamp}"
    old_tables = _refuse_to_overwrite(target, replace=replace)
    told: growing.Told = {}
    with growing.new_schema(schema, target) if target else growing.new_sqlite(working / swapping.DATABASE[0]):
        apps = growing.make_tables(applied)
        told = growing.fill(apps, _parts(tables, source))
        growing.must_be_equal(told, growing.read_again(apps), "The two sides are not equal")
        growing.bring_up_to_date()
        growing.close_default()
    if target:
        swapping.exchange_tables(swapping.Swap("", f"before_move_{stamp}", [], [], schema, old_tables), to)
        say("Moved. Now set DATABASE_URL to that address wherever Throughline runs, and start it.")
    else:
        _put_file_in_place(working, stamp)
        say("Moved. Now take DATABASE_URL away, and start it.")
    return sum(int(each["count"]) for each in told.values())


def _parts(tables: list[rows.Table], source: str) -> Iterator[tuple[str, list[str], Iterator[bytes]]]:
    for table in tables:
        yield table.name, table.columns, rows.lines_of(table, source)


def _refuse_to_overwrite(target: Any, *, replace: bool) -> list[str]:
    """Raises BackupError when somebody has an account there. Returns the tables of ours that are there already."""
    changed = target or _sqlite_here()
    if not target and not Path(changed["NAME"]).exists():
        return []
    with connected("default", **changed):
        try:
            if holds_data() and not replace:
                raise BackupError(
                    "That database holds data already, and it is left alone: say --replace to move it aside."
                )
            return restoring.tables_here()
        except DatabaseError as error:
            raise BackupError(f"That database does not answer ({type(error).__name__}): check the address.") from error


def _settings_of(to: str) -> Any:
    """None for SQLite in the data folder."""
    if ENV.demo:
        raise BackupError("The demonstration stays where it is.")
    if to == SQLITE:
        if connection.vendor == "sqlite":
            raise BackupError("It is on SQLite already.")
        return None
    try:
        settings = dj_database_url.parse(to)
    except ValueError:
        settings = {}
    if "postgresql" not in settings.get("ENGINE", ""):
        raise BackupError("--to takes postgres://user:password@host/database, or `sqlite` for the data folder.")
    return {"OPTIONS": {}, **settings}  # none of SQLite's


def _sqlite_here() -> dict[str, Any]:
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": ENV.data / swapping.DATABASE[0], "OPTIONS": options}


def _put_file_in_place(working: Path, stamp: str) -> None:
    incoming = working.with_name(f"restoring-{stamp}-file")
    incoming.mkdir(mode=0o700)
    (working / swapping.DATABASE[0]).rename(incoming / swapping.DATABASE[0])
    swap = swapping.Swap(incoming.name, f"before-move-{stamp}", [swapping.DATABASE[0]], swapping.DATABASE[1:])
    swapping.leave_note(swap)
    swapping.finish_here(swap)
