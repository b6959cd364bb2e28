"""The first administrator of an installation is made at the machine itself."""

from __future__ import annotations

import pytest
from django.urls import reverse

from throughline.accounts.models import Person
from throughline.config import serve
from throughline.config.administrator import administrator
from throughline.foundation.environment import ENV

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ready(monkeypatch):
    """The test's database is ready, and stays open."""
    monkeypatch.setattr(serve, "make_ready", lambda: None)


def test_who_has_no_account_gets_one_and_chooses_a_password(client, capsys):
    assert administrator(["ada@example.org"]) == 0
    first, _says, link = capsys.readouterr().out.splitlines()
    assert first == f"ada@example.org is an administrator: {ENV.base_url}/checkup/ shows how this installation runs."
    page = client.get(link.removeprefix(ENV.origin), follow=True)
    password = "a long walk in the rain"
    client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password})
    client.post(reverse("account_login"), {"login": "ada@example.org", "password": password})
    assert client.get(reverse("checkup")).status_code == 200


def test_who_has_an_account_keeps_it(mentor, capsys):
    assert administrator([mentor.email.upper()]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert Person.objects.filter(email=mentor.email, is_staff=True, is_superuser=True).count() == 1


def test_and_may_stop(mentor, capsys):
    administrator([mentor.email])
    assert administrator([mentor.email, "--remove"]) == 0
    mentor.refresh_from_db()
    assert (mentor.is_staff, mentor.is_superuser, mentor.is_active) == (False, False, True)
    capsys.readouterr()
    assert administrator([mentor.email, "--remove"]) == 1
    assert capsys.readouterr().err == f"Nobody with the address {mentor.email} is an administrator.\n"


@pytest.mark.parametrize("words", [[], ["a@example.org", "b@example.org"], ["a@example.org", "--force"], ["nonsense"]])
def test_what_is_not_understood_changes_nothing(words):
    assert administrator(words) == 2
    assert Person.objects.count() == 0
