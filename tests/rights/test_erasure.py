"""Somebody has one of everything and goes: nothing of them is left, and those who stay read on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.rights.bytes_left import places_with
from tests.rights.makers import ADDRESS, JOINT, NAME, OTHER_ADDRESS, PRIVATE, Scene, make_scene
from throughline.accounts.actions import close_account, erase_account, keep_account
from throughline.accounts.models import Closure, Person
from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.files.store import files
from throughline.foundation.ids import new_id
from throughline.foundation.jobs.registry import function_of
from throughline.foundation.jobs.runner import run_ready
from throughline.foundation.rights.holdings import Erasure, holdings, sharing_of
from throughline.foundation.rights.rows import own_rows, readable_rows
from throughline.relationships.actions import ask_for_deletion
from throughline.relationships.models import Relationship, RelationshipKey

WORDS = [NAME, "Quillfeather", ADDRESS, OTHER_ADDRESS, PRIVATE, "ze/zir 9023", "203.0.113.77", "confirm-9023"]
FORMER = "Former participant"


@pytest.fixture
def scene(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    settings.EMAIL_BACKEND = "throughline.notices.outbox.OutboxBackend"
    own = f"files-{new_id().hex}"  # tests that run side by side share the usual one
    monkeypatch.setattr(files(), "_folder", ENV.data / own)
    yield make_scene()
    for folder in ("outbox", own):
        shutil.rmtree(ENV.data / folder, ignore_errors=True)


def unmade(person_id: Any) -> list[str]:
    sharing = sharing_of(person_id)
    return [
        each.model for each in holdings() if not (own_rows(each, person_id) or readable_rows(each, sharing)).exists()
    ]


def test_nothing_of_somebody_who_goes_is_left(scene: Scene) -> None:
    """One scene, which takes a second to make: before, after, and once the other has deleted it too."""
    run_ready()
    assert unmade(scene.goer.pk) == [], "add a maker to tests/rights/makers.py that writes a row of these"
    assert {word for _place, word in places_with(WORDS)} == set(WORDS), "the search finds what is there"
    with time_machine.travel(clock.now() + timedelta(days=ENV.erase_after_days, hours=1)):
        function_of("accounts.erase")()
        run_ready()
        nothing_is_left(scene)
        the_other_reads_on(scene)
        the_last_one_deletes(scene)


def nothing_is_left(scene: Scene) -> None:
    private = [each for each in holdings() if each.erasure is Erasure.GOES]
    assert [each.model for each in private if own_rows(each, scene.goer.pk).exists()] == []
    assert places_with(WORDS) == []
    assert str(scene.goer.pk) not in {session.get_decoded().get("_auth_user_id") for session in Session.objects.all()}


def the_other_reads_on(scene: Scene) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(scene.stayer)
    for name, key in [
        ("messaging:conversation", scene.pair.pk),
        ("commitments:list", scene.pair.pk),
        ("agreements:agreement", scene.pair.pk),
        ("agreements:history", scene.pair.pk),
        ("meetings:meeting", scene.meeting.pk),
        ("relationship", scene.pair.pk),
    ]:
        page = client.get(reverse(name, args=[key]))
        assert page.status_code == 200, name
        assert FORMER in page.content.decode(), name
        if name.startswith(("messaging", "commitments")):
            assert JOINT in page.content.decode(), name


def the_last_one_deletes(scene: Scene) -> None:
    """The one who went counts as having asked: the key goes with the other's word, and then the empty row."""
    for relationship in Relationship.objects.filter(memberships__person=scene.goer):
        assert ask_for_deletion(relationship=relationship, by=scene.stayer)
    assert not RelationshipKey.objects.filter(relationship__memberships__person=scene.goer).exists()
    assert Person.objects.filter(pk=scene.goer.pk).exists(), "the looks at others' counts still point at it"
    Relationship.objects.filter(memberships__person__in=[scene.other, scene.stayer]).delete()
    function_of("accounts.keep_periods")()
    still = [each.model for each in holdings() if own_rows(each, scene.goer.pk).exists()]
    assert still == ["accounts.Person", "programs.Programme"], "a programme goes on"


def test_a_closing_can_be_taken_back(mentor: Any, mentee: Any, pair: Any) -> None:
    first = close_account(by=mentor)
    assert close_account(by=mentor).erase_at == first.erase_at
    keep_account(by=mentor)
    keep_account(by=mentor)
    with time_machine.travel(first.erase_at + timedelta(days=1)):
        function_of("accounts.erase")()
        assert erase_account(person_id=mentor.pk) is False
    assert list(Person.objects.filter(pk=mentor.pk).values_list("name", "is_active")) == [("Mira Lindqvist", True)]
    assert not Closure.objects.exists()


def test_nothing_is_erased_before_its_day(mentor: Any) -> None:
    erase_at = close_account(by=mentor).erase_at
    assert erase_at - clock.now() > timedelta(days=13)
    assert erase_account(person_id=mentor.pk) is False
    with time_machine.travel(erase_at):
        assert erase_account(person_id=mentor.pk) is True
        assert erase_account(person_id=mentor.pk) is False
    assert not Person.objects.filter(pk=mentor.pk).exists(), "nobody shared anything: the empty row went at once"


@pytest.mark.django_db
def test_deleted_bytes_are_overwritten() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)
