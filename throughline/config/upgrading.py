"""Bringing an older database up to date: a way back first, and nobody who reads waits long.

A migration needs a short, exclusive lock on the tables it changes. PostgreSQL queues everybody else behind one who
waits for such a lock, so we wait for it two seconds at most, let the others pass, and try again.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import OperationalError, connection

from throughline.foundation import clock
from throughline.foundation.environment import ENV

if TYPE_CHECKING:
    from throughline.config.schema import Schema

LOCK_WAIT = "2s"
PAUSE = 1.0  # seconds that readers have for themselves between two tries
TRIES = 200  # some ten minutes
KEPT = 2  # copies from before upgrades
BEFORE = "before-upgrade"


class CannotUpgradeError(Exception):
    """The database is as it was; `args[0]` is a sentence that says what to do."""


def keep_what_was(found: Schema) -> None:
    """SQLite: a copy beside the database, in `before-upgrade`. PostgreSQL: a sentence that says how to make one.

    Nothing for a database that is new. Raises CannotUpgradeError when there is no room for a copy.
    """
    if not found.used:
        return
    if connection.vendor != "sqlite":
        sys.stdout.write(
            f"Bringing the database up to date ({len(found.pending)} steps). The way back is the last backup: "
            "`throughline backup` before you start a new version.\n"
        )
        return
    database = Path(connection.settings_dict["NAME"])
    folder = ENV.data / BEFORE
    folder.mkdir(exist_ok=True, mode=0o700)
    needed = 2 * database.stat().st_size
    if shutil.disk_usage(folder).free < needed:
        raise CannotUpgradeError(
            f"There is no room for a copy of the database before the upgrade: make {needed // 2**20 + 1} MiB free on "
            f"the disk of {ENV.data}, then start again."
        )
    _copy(database, folder / f"throughline-{clock.now():%Y%m%dT%H%M%SZ}.sqlite3")
    for old in sorted(folder.glob("throughline-*.sqlite3"), reverse=True)[KEPT:]:
        old.unlink()


def without_holding_readers_up(migrate: Callable[[], object]) -> None:
    """Run until it is done; what was done already stays done. Raises CannotUpgradeError after ten minutes."""
    if connection.vendor != "postgresql":
        migrate()
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
        try:
            _until_nobody_is_in_the_way(migrate)
        finally:
            cursor.execute("SET lock_timeout = DEFAULT")


def _until_nobody_is_in_the_way(migrate: Callable[[], object]) -> None:
    from psycopg.errors import LockNotAvailable

    for _ in range(TRIES):
        try:
            migrate()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
        else:
            return
        time.sleep(PAUSE)
    raise CannotUpgradeError(
        "The database could not be brought up to date, because something holds its tables all the time: end long "
        "queries (pg_stat_activity shows them), then start again. What was done stays done."
    )


def _copy(source: Path, target: Path) -> None:
    from throughline.config.backups.databases import copy_sqlite
    from throughline.config.backups.faults import BackupError

    draft = target.with_suffix(".making")
    draft.unlink(missing_ok=True)
    try:
        copy_sqlite(source, draft)
    except BackupError as error:
        draft.unlink(missing_ok=True)
        raise CannotUpgradeError(str(error)) from error
    draft.rename(target)
