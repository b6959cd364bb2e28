"""What somebody takes along: theirs, and what is shared with them; sealed at rest, and gone after a week."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from throughline.accounts.actions import ask_for_export, make_export
from throughline.accounts.models import Export
from throughline.foundation import clock
from throughline.foundation.files.store import files
from throughline.foundation.ids import new_id
from throughline.foundation.jobs.registry import function_of
from throughline.foundation.jobs.runner import run_ready
from throughline.foundation.rights.holdings import holdings
from throughline.messaging.actions import send_message
from throughline.practices.actions import answer_about_cameras
from throughline.practices.domain.reasons import Reason
from throughline.relationships.actions import end_relationship, leave_relationship

WORDS = "The heron stands in the shallow, 3307"


@pytest.fixture
def talk(pair: Any, mentor: Any, mentee: Any) -> Any:
    send_message(relationship=pair, by=mentee, client_id=new_id(), text=WORDS)
    for person, reason in ((mentor, Reason.TIRED), (mentee, Reason.HABIT)):
        answer_about_cameras(relationship=pair, by=person, reason=reason)
    return pair


def taken(client: Any, person: Any) -> zipfile.ZipFile:
    """By the page's own way, with the proof that a fresh sign-in is."""
    client.logout()
    client.post(reverse("account_login"), {"login": person.email, "password": "correct horse battery"})
    assert client.post(reverse("accounts:export")).status_code == 302
    run_ready()
    export = Export.objects.get(person=person)
    answer = client.get(reverse("accounts:download", args=[export.pk]))
    assert answer["Cache-Control"].startswith("max-age=0")
    content = b"".join(answer)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (export.size, export.digest)
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.fixture
def confirmed(mentor: Any, mentee: Any) -> None:
    from allauth.account.models import EmailAddress

    for person in (mentor, mentee):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def test_it_holds_every_kind_and_a_manifest_that_is_true(client, confirmed, talk, mentor) -> None:
    archive = taken(client, mentor)
    manifest = json.loads(archive.read("manifest.json"))
    assert {file["path"] for file in manifest["files"]} | {"manifest.json"} == set(archive.namelist())
    for file in manifest["files"]:
        content = archive.read(file["path"])
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    kinds = {file["kind"]: file["rows"] for file in manifest["files"] if "rows" in file}
    assert set(kinds) == {each.model for each in holdings()}
    for kind, rows in kinds.items():
        assert len(json.loads(archive.read(f"data/{kind}.json"))["rows"]) == rows
    assert (manifest["format"], manifest["person"]["email"]) == (1, mentor.email)
    assert manifest["relationships"] == [str(talk.pk)]


def test_it_holds_what_is_shared_and_nobody_elses_private_answers(client, confirmed, talk, mentor, mentee) -> None:
    archive = taken(client, mentor)
    assert WORDS in archive.read(f"messages/{talk.pk}.md").decode()
    [message] = json.loads(archive.read("data/messaging.Message.json"))["rows"]
    assert (message["text"], message["sender"]) == (WORDS, str(mentee.pk))
    [answer] = json.loads(archive.read("data/practices.CameraAnswer.json"))["rows"]
    assert (answer["person"], answer["reason"]) == (str(mentor.pk), Reason.TIRED.value)
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert Reason.HABIT.value.encode() not in whole
    assert mentee.email.encode() not in whole
    people = {each["id"]: each["called"] for each in json.loads(archive.read("people.json"))}
    assert people == {str(mentor.pk): "Mira Lindqvist", str(mentee.pk): "Tomás Rivera"}


def test_without_a_fresh_proof_one_is_asked_first(client, confirmed, mentor) -> None:
    taken(client, mentor)
    export = Export.objects.get(person=mentor)
    client.logout()
    client.force_login(mentor)
    answer = client.get(reverse("accounts:download", args=[export.pk]))
    assert (answer.status_code, answer["Location"]) == (
        302, f"{reverse('accounts:prove')}?next={reverse('accounts:data').replace('/', '%2F')}",
    )  # fmt: skip


def test_it_lies_sealed_and_goes_after_a_week(talk, mentor) -> None:
    export = ask_for_export(by=mentor)
    assert ask_for_export(by=mentor).pk == export.pk, "twice is once"
    make_export(export_id=export.pk)
    stored = b"".join(files().read(f"exports/{export.pk.hex}.sealed"))
    assert not any(part in stored for part in (b"manifest.json", b"PK\x03\x04"))
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        function_of("accounts.forget_exports")()
        assert not Export.objects.exists()
    assert ask_for_export(by=mentor).pk != export.pk


def test_who_left_a_relationship_takes_nothing_of_it_along(client, confirmed, talk, mentor, mentee) -> None:
    end_relationship(relationship=talk, by=mentor)
    assert leave_relationship(relationship=talk, by=mentor) is False
    client.force_login(mentor)
    assert client.get(reverse("messaging:conversation", args=[talk.pk])).status_code == 404
    archive = taken(client, mentor)
    assert json.loads(archive.read("data/messaging.Message.json"))["rows"] == []
    client.force_login(mentee)
    assert WORDS in client.get(reverse("messaging:conversation", args=[talk.pk])).content.decode()
    assert leave_relationship(relationship=talk, by=mentee) is True, "nobody is left, so it is destroyed"
