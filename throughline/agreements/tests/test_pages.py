"""Every page for a member, a stranger and nobody; with nothing, a draft, and a signed agreement behind it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from throughline.agreements.domain.terms import PartKind

PAGES = ["", "words/", "sign/", "history/", "versions/1/", *(f"parts/{kind}/" for kind in PartKind)]


def address(relationship, path):
    return reverse("agreements:agreement", args=[relationship.pk]) + path


@pytest.mark.parametrize("path", [path for path in PAGES if path != "versions/1/"])
def test_an_empty_agreement_shows_every_page(as_mentor, pair, path):
    assert as_mentor.get(address(pair, path)).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_signed_agreement_shows_every_page(as_mentor, in_force, path):
    assert as_mentor.get(address(in_force, path)).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_told_nothing(client, in_force, stranger, path):
    client.force_login(stranger)
    assert client.get(address(in_force, path)).status_code == 404
    assert client.post(address(in_force, path), {}).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_nobody_is_asked_to_sign_in(client, in_force, path):
    assert client.get(address(in_force, path)).status_code == 302


@pytest.mark.parametrize(
    "path", ["versions/2/", "versions/0/", f"versions/{10**30}/", "parts/none/", "parts/SCHEDULE/"]
)
def test_what_does_not_exist_is_404(as_mentor, in_force, path):
    assert as_mentor.get(address(in_force, path)).status_code == 404
