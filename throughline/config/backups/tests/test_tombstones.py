"""The note of who was erased, beside backups; a whole restore that reads it is in tests/upgrade/test_erased.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from throughline.accounts.actions import close_account, erase_again
from throughline.accounts.models import Closure, Person
from throughline.accounts.queries import erased_ids
from throughline.config.backups import tombstones
from throughline.foundation import clock
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.registry import function_of
from throughline.foundation.jobs.runner import run_ready
from throughline.relationships.actions import destroy_again, destroy_relationship
from throughline.relationships.queries import destroyed_ids, wrapped_key_of


@pytest.fixture
def beside(monkeypatch, tmp_path):
    """A folder of backups; the data folder is an empty one."""
    monkeypatch.setattr(tombstones, "ENV", replace(ENV, data=tmp_path / "data"))
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


def read(folder, key=None):
    return tombstones.gone_beside(folder / "one.backup", key or installation_key())


def test_only_what_this_installation_wrote_is_believed(db, beside):
    tombstones.write_beside(beside)
    assert [*beside.iterdir()] == [], "nobody was erased: nothing to say"
    people, relationship = {uuid4(), uuid4()}, uuid4()
    erase_again(people)
    destroy_again([relationship])
    gone = {*(("", each) for each in people), ("relationship ", relationship)}
    for _ in range(2):
        tombstones.write_beside(beside)
    path = beside / tombstones.NAME
    assert (read(beside), path.stat().st_mode & 0o077, [*beside.iterdir()]) == (gone, 0, [path])
    seal = path.read_text().split()[1]
    forged = (
        f"{uuid4()} {seal}\n{uuid4()}\nno id at all\n\xff \xff\nrelationship {min(people)} {seal}\n {relationship} \n"
    )
    path.write_text(path.read_text() + forged)
    assert read(beside) == gone
    assert read(beside, bytes(32)) == set()


def test_the_erasure_leaves_the_note_and_nothing_of_the_person(transactional_db, pair, mentor):
    close_account(by=mentor)
    Closure.objects.update(erase_at=clock.now() - timedelta(seconds=1))
    function_of("accounts.erase")()
    assert (erased_ids(), Person.objects.get(pk=mentor.pk).name) == ([mentor.pk], "Former participant")


def test_who_came_back_is_shut_out_at_once_and_erased_by_the_job(transactional_db, pair, mentor, client):
    client.force_login(mentor)
    assert erase_again([mentor.pk, uuid4()]) == 1
    assert client.get("/account/profile/").status_code == 302
    assert Person.objects.get(pk=mentor.pk).name == mentor.name
    run_ready()
    assert Person.objects.get(pk=mentor.pk).name == "Former participant"
    assert erase_again([mentor.pk]) == 0


def test_what_was_deleted_and_came_back_is_deleted_at_once(transactional_db, pair, mentor, client):
    client.force_login(mentor)
    page = reverse("relationship", args=[pair.pk])
    assert (destroyed_ids(), client.get(page).status_code) == ([], 200)
    said = tombstones.gone_again(frozenset({("relationship ", pair.pk), ("relationship ", uuid4())}))
    assert said == [tombstones.KINDS[1].told.format(1)]
    assert (client.get(page).status_code, wrapped_key_of(pair.pk), len(destroyed_ids())) == (404, None, 2)
    assert tombstones.gone_again(frozenset({("relationship ", pair.pk)})) == []


def test_the_last_word_of_a_deletion_leaves_the_note(transactional_db, pair):
    gone = pair.pk
    destroy_relationship(relationship=pair)
    assert destroyed_ids() == [gone]
