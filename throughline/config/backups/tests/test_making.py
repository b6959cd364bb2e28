"""A backup of the database of the tests, made and read in this process; whole installations are in tests/upgrade."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from throughline.config.backups import contents, files, making, records, restoring, rows, swapping
from throughline.config.backups.faults import BackupError, ChangedError, plainly_said
from throughline.config.backups.locks import PublicKey, SecretKey
from throughline.config.backups.models import Backup
from throughline.foundation import clock
from throughline.foundation.environment import ENV

SECRET = SecretKey.new()
LOCKS = [PublicKey(SECRET.public)]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(monkeypatch, tmp_path):
    """A data folder of its own for the modules that look into it."""
    data = tmp_path / "data"
    (data / "files" / "photos").mkdir(parents=True)
    (data / "files" / "photos" / "one.webp").write_bytes(b"picture")
    (data / "files" / "photos" / "half.part").write_bytes(b"being written")
    for module in (making, files, restoring, swapping):
        monkeypatch.setattr(module, "ENV", replace(ENV, data=data, files_url=""))
    return data


def test_it_holds_every_row_and_file_and_is_named_only_when_whole(pair, here, tmp_path):
    made = making.make_backup(tmp_path / "kept", LOCKS, with_keys=False)
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o077 == 0
    opened = contents.Opened(made.path, SECRET)
    people = [line for table, _, lines in opened.parts() if table == "accounts_person" for line in lines]
    assert len(people) == 2
    assert [(name, content.read()) for name, content in opened.rest()] == [("files/photos/one.webp", b"picture")]
    assert opened.manifest["tables"]["relationships_membership"]["count"] == 2
    assert (opened.head["keys"], sorted(here.iterdir())) == ("apart", [here / "backup.lock", here / "files"])


def test_rows_read_back_as_they_were_written(pair, here):
    """Every table's lines, deleted and inserted again, give the same digest."""
    from django.apps import apps
    from django.db import connection, transaction

    tables = [table for table in rows.tables_in(apps) if not table.name.startswith(("django_content", "auth_"))]
    before = {table.name: [*rows.lines_of(table, "default")] for table in tables}
    with transaction.atomic():
        for table in tables:
            table.model._base_manager.all()._raw_delete("default")
        for table in tables:
            rows.insert(table, "default", before[table.name])
    connection.check_constraints()
    assert {table.name: [*rows.lines_of(table, "default")] for table in tables} == before
    assert sum(map(len, before.values())) > 5


def test_older_ones_go_when_asked_and_others_stay(here, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "throughline-notes.backup").write_text("somebody's own")
    made = [making.make_backup(folder, LOCKS, with_keys=True, keep=2).path for _ in range(3)]
    assert making.made_in(folder) == made[:0:-1]
    assert (folder / "throughline-notes.backup").exists()


def test_one_at_a_time(here, tmp_path):
    with making._one_at_a_time(), pytest.raises(BackupError, match="being made just now"):
        making.make_backup(tmp_path / "kept", LOCKS, with_keys=True)


def test_a_member_that_nobody_counted_is_refused(here, tmp_path):
    """Whoever holds the public key can write a file that opens: names are checked all the same."""
    from throughline.config.backups.archive import packing

    for name in ("files/../../x", "/etc/x", "files/.hidden", "other/x"):
        path = tmp_path / "forged"
        with path.open("wb") as out, packing(out, LOCKS) as packer:
            packer.add("head.json", json.dumps({"format": 1, "tables": {}}).encode())
            packer.add(name, b"x")
            packer.add("manifest.json", b"{}")
        with pytest.raises(ChangedError):
            contents.verify(path, SECRET)


def test_without_the_key_it_asks_for_it_before_anything_is_done(here, tmp_path, pair):
    made = making.make_backup(tmp_path / "kept", LOCKS, with_keys=False)
    with pytest.raises(BackupError, match="Give the key: --keys FILE"):
        restoring.restore(made.path, SECRET, keys=None, replace=True, say=print)
    (tmp_path / "other").write_bytes(bytes(32))
    with pytest.raises(BackupError, match="is not the one that this backup"):
        restoring.restore(made.path, SECRET, keys=tmp_path / "other", replace=True, say=print)


def test_where_there_is_data_it_is_left_alone_unless_told(here, tmp_path, pair):
    made = making.make_backup(tmp_path / "kept", LOCKS, with_keys=True)
    with pytest.raises(BackupError, match="left alone"):
        restoring.restore(made.path, SECRET, keys=None, replace=False, say=print)
    assert not [path for path in here.iterdir() if path.name.startswith(("restoring", "before"))]


def test_the_schedule_asks_when_the_last_good_one_is_too_old(monkeypatch, tmp_path):
    from datetime import timedelta

    asked = replace(ENV, backup_to=str(tmp_path), backup_every=timedelta(hours=24))
    monkeypatch.setattr(records, "ENV", asked)
    now = clock.now()
    assert records.is_due(now)
    records.note_fault("The disk is full.")
    assert not records.is_due(now)
    assert records.is_due(now + timedelta(hours=1, minutes=1))
    records.note_made(tmp_path / "one.backup", 10, 3)
    assert not records.is_due(now + timedelta(hours=23))
    assert records.is_due(now + timedelta(hours=25))
    assert Backup.objects.count() == 2


def test_a_disk_that_cannot_be_written_is_said_in_a_sentence(here, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BackupError, match="Not a directory"), plainly_said():
        making.make_backup(tmp_path / "file" / "kept", LOCKS, with_keys=True)


def test_check_says_when_the_last_one_was_or_why_there_is_none(tmp_path):
    assert "No backup was ever made" in "".join(sentence for sentence, _ in records.findings())
    records.note_made(tmp_path / "one.backup", 10, 3)
    records.note_fault("The disk is full.")
    (failed, mend), (made, late) = records.findings()
    assert ("failed: The disk is full." in failed, mend) == (True, True)
    assert ("and verified" in made, late) == (True, False)
