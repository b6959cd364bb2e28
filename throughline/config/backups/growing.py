"""A database in the making: the tables of a backup's migrations, its rows, and then what is newer.

The default connection of this process *is* that database while it grows, so that migrations and checks need not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, OperationalError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from throughline.config.backups import rows
from throughline.config.backups.databases import Applied, connected, models_at, schema_options
from throughline.config.backups.faults import BackupError, ChangedError
from throughline.config.trouble import Trouble, trouble_of

Told = dict[str, dict[str, int | str]]
"""By table: how many rows, and their digest."""


@contextmanager
def new_sqlite(path: Path) -> Iterator[None]:
    """The default connection leads to a new file. It is on the disk, whole and without a log, when the block ends."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA synchronous=OFF;"},
    }
    with connected("default", **settings):
        yield
    with path.open("rb+") as file:
        import os

        os.fsync(file.fileno())


@contextmanager
def new_schema(name: str, settings: dict[str, Any]) -> Iterator[None]:
    """The default connection leads to a new schema of PostgreSQL, which is dropped when the block fails."""
    with connected("default", **settings), connection.cursor() as cursor:
        try:
            cursor.execute(f"CREATE SCHEMA {name}")
        except DatabaseError as error:
            raise BackupError(
                "PostgreSQL does not let us make a schema to build the new tables in. Make this user the owner of the "
                "database, or say: GRANT CREATE ON DATABASE … TO …"
            ) from error
    try:
        with connected("default", **{**settings, "OPTIONS": schema_options(settings, name)}):
            yield
    except BaseException:
        with connected("default", **settings), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        raise


def make_tables(applied: Applied) -> Any:
    """Note the migrations as applied, and return the models that they lead to. Raises BackupError when unknown here."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name, applied=_instant(at)) for app, name, at in applied
    )
    return models_at("default", applied)


def fill(apps: Any, parts: Iterable[tuple[str, list[str], Iterable[bytes]]]) -> Told:
    """Create the tables, write rows (by table, its columns, lines), then indexes and references. Returns what came.

    In one transaction; references that lead nowhere raise BackupError.
    """
    tables = {table.name: table for table in rows.tables_in(apps)}
    told: dict[str, rows.Tally] = {name: rows.Tally() for name in tables}
    try:
        with connection.schema_editor() as editor:
            for table in tables.values():
                if not table.model._meta.auto_created:
                    editor.create_model(table.model)
            for name, columns, lines in parts:
                if name not in tables or tables[name].columns != columns:
                    raise ChangedError(f"The backup's table {name} does not fit the migrations that it names.")
                rows.insert(tables[name], "default", _counted(lines, told[name]))
    except OperationalError as error:
        if trouble_of(error) is Trouble.FULL:
            raise  # said by who called
        what = f"The new database cannot be built ({type(error).__name__})"
        raise BackupError(f"{what}: is there room on its disk? Nothing was changed.") from error
    except DatabaseError as error:
        raise BackupError(f"The rows do not fit together ({error.__class__.__name__}): nothing was changed.") from error
    _set_sequences(tables.values())
    return {name: tally.told() for name, tally in told.items()}


def read_again(apps: Any) -> Told:
    """What the new database says it holds."""
    return told_of(apps, "default")


def told_of(apps: Any, alias: str) -> Told:
    told: Told = {}
    for table in rows.tables_in(apps):
        tally = rows.Tally()
        for line in rows.lines_of(table, alias):
            tally.add(line)
        told[table.name] = tally.told()
    return told


def must_be_equal(before: Told, after: Told, what: str) -> None:
    """Raises BackupError that names the tables which differ."""
    if wrong := sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)):
        raise BackupError(f"{what}: {', '.join(wrong)} differ. Nothing was changed.")


def bring_up_to_date() -> None:
    """Apply what is newer than the backup."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _counted(lines: Iterable[bytes], tally: rows.Tally) -> Iterator[bytes]:
    for line in lines:
        tally.add(line)
        yield line


def _set_sequences(tables: Iterable[rows.Table]) -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _instant(text: str) -> Any:
    from datetime import UTC, datetime

    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def close() -> None:
    connections.close_all()


def close_default() -> None:
    """So that SQLite puts its log into the file, and PostgreSQL lets the new tables be moved."""
    connection.close()
