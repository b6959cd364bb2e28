"""Outside the demonstration there is no way to be somebody with one click."""

from __future__ import annotations

from dataclasses import replace

import pytest

from throughline.accounts.actions import open_account
from throughline.demo import apart
from throughline.demo.domain import cast
from throughline.foundation.environment import ENV


@pytest.fixture
def marisol(db):
    return open_account(email=cast.MENTOR.email, name=cast.MENTOR.name, zone="Europe/Lisbon")


@pytest.fixture
def demo(monkeypatch):
    monkeypatch.setattr(apart, "is_on", lambda: True)


def test_without_the_demonstration_nobody_is_signed_in(client, marisol):
    assert client.post("/demo/as/marisol").status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_variable_alone_opens_nobodys_door_on_real_data(tmp_path):
    assert not apart.is_on(replace(ENV, demo=True, data=tmp_path))


def test_one_click_signs_in_as_one_of_the_three_alone(client, marisol, mentor, demo):
    assert client.get("/demo/as/marisol").status_code == 405
    assert client.post("/demo/as/mira").status_code == 404
    assert client.post("/demo/as/jonas").status_code == 404
    answer = client.post("/demo/as/marisol")
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(marisol.pk)


def test_a_page_elsewhere_cannot_click(marisol, demo):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/demo/as/marisol").status_code == 403
