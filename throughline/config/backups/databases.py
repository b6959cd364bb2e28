"""Connections beside the usual one: a snapshot to read from, a database in the making to write to."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import load_backend

from throughline.config.backups.faults import BackupError

Applied = tuple[tuple[str, str, str], ...]
"""Migrations by app and name, with the instant at which each was applied (ISO 8601)."""


@contextmanager
def connected(alias: str, **changed: Any) -> Iterator[None]:
    """Another connection with the settings of the usual one, but for those given, until the block ends; for one thread.

    alias "default": the usual one steps aside meanwhile.
    """
    usual = connections["default"]
    settings = {**deepcopy(usual.settings_dict), "CONN_MAX_AGE": 0, **changed}
    connections[alias] = made = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias)
    try:
        yield
    finally:
        made.close()
        del connections[alias]
        if alias == "default":
            connections[alias] = usual


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """The alias of a database that stands still: everything committed before, nothing of what comes after.

    SQLite: a copy by its online backup, in `folder`, which must hold nothing else. PostgreSQL: one transaction.
    Nobody who reads or writes meanwhile waits. Raises BackupError when the database is damaged.
    """
    if connections["default"].vendor == "sqlite":
        copy = folder / "snapshot.sqlite3"
        copy_sqlite(Path(connections["default"].settings_dict["NAME"]), copy)
        with connected("snapshot", NAME=copy):
            yield "snapshot"
        return
    with connected("snapshot"), transaction.atomic(using="snapshot"):
        with connections["snapshot"].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield "snapshot"


def copy_sqlite(source: Path, target: Path) -> None:
    """One consistent copy, in one step, while others read and write. Raises BackupError when it is damaged."""
    if not source.exists():
        raise BackupError(f"There is no database at {source} yet: nothing to keep.")
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=rw", uri=True, timeout=60)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            (found,) = new.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"SQLite cannot copy its database: {error}.") from error
    if found != "ok":
        raise BackupError(f"The database at {source} is damaged ({found}): restore the last good backup.")


def applied_in(alias: str) -> Applied:
    """Empty when the database has never been migrated."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return ()
        cursor.execute("SELECT app, name, applied FROM django_migrations ORDER BY id")
        return tuple((app, name, str(applied)) for app, name, applied in cursor.fetchall())


def models_at(alias: str, applied: Applied) -> Any:
    """The models as these migrations left them. Raises BackupError when some are not known here."""
    loader = MigrationLoader(connections[alias])
    here = {(app, name) for app, name, _ in applied}
    if unknown := sorted(here - set(loader.disk_migrations)):
        raise BackupError(
            f"It was made by a newer Throughline ({'.'.join(unknown[0])} is not known here): install that version."
        )
    return loader.project_state([node for node in sorted(here) if node in loader.graph.nodes]).apps


def holds_data() -> bool:
    """Whether anybody has an account in the database of the default connection."""
    from throughline.accounts.models import Person

    return Person._meta.db_table in connections["default"].introspection.table_names() and Person.objects.exists()


def schema_options(settings: dict[str, Any], schema: str) -> dict[str, Any]:
    """OPTIONS of a PostgreSQL connection that sees one schema alone."""
    assert re.fullmatch(r"[a-z0-9_]+", schema)
    return {**settings.get("OPTIONS", {}), "options": f"-c search_path={schema}"}
