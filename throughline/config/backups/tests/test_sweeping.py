"""Files that no row names go after their grace; what is named, young or nobody's stays."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command

from throughline.accounts import photos
from throughline.config.backups import claiming
from throughline.config.check import inside
from throughline.foundation import clock
from throughline.foundation.encryption.keyring import keyring
from throughline.foundation.environment import ENV
from throughline.foundation.files import sealed
from throughline.foundation.files.store import files, store_at
from throughline.foundation.files.sweeping import GRACE, sweep_files
from throughline.foundation.ids import new_id
from throughline.foundation.jobs.registry import function_of

LATER = GRACE + timedelta(minutes=1)


@pytest.fixture
def clean(tmp_path, monkeypatch):
    """A folder of files of its own: tests that run side by side share the usual one."""
    monkeypatch.setattr(files(), "_folder", tmp_path)
    return tmp_path


def test_what_is_named_or_young_or_of_nobody_stays(pair, mentor, clean):
    mentor.photo = photos.keep(b"theirs")
    mentor.save()
    sealed.keep(pair.pk, new_id(), [b"of the pair"])
    files().write("elsewhere/file", [b"x"])
    named = set(files().names())
    gone, lost = new_id(), photos.keep(b"its row never came")
    files().write(f"sealed/{gone.hex}/{new_id().hex}", [b"its relationship is gone"])
    for name in (f"exports/{new_id().hex}.sealed", "exports/no-id-at-all"):
        files().write(name, [b"x"])
    part = clean / "photos" / "broken.part"
    part.write_bytes(b"broken off")
    before = set(files().names())
    assert sweep_files(clock.now()) == 0
    assert set(files().names()) == before, "an upload under way is left alone"
    assert sweep_files(clock.now() + LATER) == 4
    assert (set(files().names()), part.exists()) == (named, False)
    assert f"photos/{lost}.sealed" not in named
    keyring.forget(pair.pk)


def test_the_daily_job_and_the_command_do_it(db, clean, capsys):
    for act in (function_of("backups.sweep_files"), lambda: call_command("sweep_files")):
        path = clean / "photos" / f"{photos.keep(b'x')}.sealed"
        os.utime(path, (0, 0))
        act()
        assert not path.exists()
    assert "1 files that no row named were removed." in capsys.readouterr().out


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """at_home("a") → as the installation with that data folder; all of them share one store."""
    url = (tmp_path / "store").as_uri()
    monkeypatch.setattr(claiming, "files", lambda: store_at(url))

    def move(name):
        (tmp_path / name).mkdir(exist_ok=True)
        env = replace(ENV, data=tmp_path / name, files_url=url)
        monkeypatch.setattr(claiming, "ENV", env)
        return env

    return move


def told(env):
    return [finding.sentence for finding in inside._files(env)]


def test_a_shared_store_is_swept_by_the_one_who_claimed_it(at_home):
    env = at_home("first")
    assert [claiming.may_sweep() for _ in range(3)] == [False, True, True], "claimed one day, swept from the next"
    assert told(env) == []
    env = at_home("second")
    assert [claiming.may_sweep() for _ in range(2)] == [False, False]
    assert [sentence.startswith("What no row names is removed from") for sentence in told(env)] == [True]
    claiming.claim()
    assert (claiming.may_sweep(), told(env)) == (True, [])
    at_home("first")
    assert not claiming.may_sweep()


def test_what_was_restored_elsewhere_claims_nothing_and_in_place_keeps_its_claim(at_home):
    env = at_home("drill")
    claiming.note_restored()
    assert [claiming.may_sweep() for _ in range(2)] == [False, False]
    assert len(told(env)) == 1
    at_home("live")
    claiming.may_sweep()
    claiming.note_restored()
    assert claiming.may_sweep()
    at_home("drill")
    assert not claiming.may_sweep()
