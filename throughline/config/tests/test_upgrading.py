"""An upgrade leaves a way back, and waits for locks without making others wait."""

from __future__ import annotations

import shutil
from collections import namedtuple
from dataclasses import replace

import pytest
from django.db import connection

from throughline.config import schema, upgrading
from throughline.config.backups.databases import applied_in, models_at
from throughline.config.backups.faults import BackupError
from throughline.config.upgrading import CannotUpgradeError
from throughline.foundation.environment import ENV

pytestmark = pytest.mark.django_db(transaction=True)
Disk = namedtuple("Disk", "free")
USED = schema.Schema(frozenset({("jobs", "0002_more")}), frozenset(), True, used=True)


@pytest.fixture
def data(monkeypatch, tmp_path):
    monkeypatch.setattr(upgrading, "ENV", replace(ENV, data=tmp_path))
    return tmp_path


def test_sqlite_is_copied_first_and_two_copies_are_kept(data, pair, time_machine):
    if connection.vendor != "sqlite":
        pytest.skip("is about SQLite")
    for day in (1, 2, 3):
        time_machine.move_to(f"2026-11-0{day}T12:00:00Z")
        upgrading.keep_what_was(USED)
    kept = sorted(path.name for path in (data / "before-upgrade").iterdir())
    assert kept == ["throughline-20261102T120000Z.sqlite3", "throughline-20261103T120000Z.sqlite3"]


def test_without_room_for_the_copy_nothing_is_done(data, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("is about SQLite")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(1))
    with pytest.raises(CannotUpgradeError, match=r"make \d+ MiB free"):
        upgrading.keep_what_was(USED)


def test_a_new_database_has_nothing_to_keep(data):
    upgrading.keep_what_was(replace(USED, used=False))
    assert [*data.iterdir()] == []


def test_postgresql_says_how_to_keep_what_was(data, capsys):
    if connection.vendor != "postgresql":
        pytest.skip("is about PostgreSQL")
    upgrading.keep_what_was(USED)
    assert "The way back is the last backup: `throughline backup`" in capsys.readouterr().out


def test_it_lets_readers_pass_until_it_gets_its_lock(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("is about PostgreSQL")
    import psycopg

    monkeypatch.setattr(upgrading, "LOCK_WAIT", "50ms")
    monkeypatch.setattr(upgrading, "PAUSE", 0)
    tries = 0
    settings = connection.get_connection_params()
    known = {name: settings[name] for name in ("dbname", "user", "host", "port") if name in settings}
    with psycopg.connect(**known) as reader, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE read_by_many (id int)")
        reader.execute("SELECT * FROM read_by_many")

        def migrate() -> None:
            nonlocal tries
            tries += 1
            if tries == 3:
                reader.rollback()
            cursor.execute("ALTER TABLE read_by_many ADD COLUMN more int")

        upgrading.without_holding_readers_up(migrate)
        cursor.execute("SELECT more FROM read_by_many")
        cursor.execute("SHOW lock_timeout")
        assert (tries, cursor.fetchone()) == (3, ("0",))
        cursor.execute("DROP TABLE read_by_many")


def test_after_ten_minutes_it_says_what_to_do(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("is about PostgreSQL")
    from django.db import OperationalError
    from psycopg.errors import LockNotAvailable

    monkeypatch.setattr(upgrading, "PAUSE", 0)

    def migrate() -> None:
        raise OperationalError from LockNotAvailable()

    with pytest.raises(CannotUpgradeError, match="end long queries"):
        upgrading.without_holding_readers_up(migrate)


def test_a_backup_of_a_newer_database_is_refused():
    applied = (*applied_in("default"), ("jobs", "0999_from_the_future", "2027-01-01"))
    with pytest.raises(BackupError, match=r"newer Throughline \(jobs.0999_from_the_future is not known here\)"):
        models_at("default", applied)
