"""A call's pages: opened once, seen by its members alone, calm afterwards."""

from __future__ import annotations

import pytest
from django.urls import reverse

from throughline.calls.actions import open_call
from throughline.calls.models import Call


@pytest.fixture
def call(pair, mentor):
    return open_call(relationship=pair, by=mentor)


def test_a_double_click_opens_one_call(client, pair, mentor):
    client.force_login(mentor)
    address = reverse("calls:quick", args=[pair.pk])
    answers = [client.post(address), client.post(address)]
    call = Call.objects.get()
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, f"/calls/{call.pk}/")] * 2
    assert client.get(address).status_code == 405


def test_strangers_find_nothing(client, pair, call, stranger, coordinator):
    for person in (stranger, coordinator):
        client.force_login(person)
        pages = [client.get(reverse(f"calls:{name}", args=[call.pk])) for name in ("call", "after")]
        pages.append(client.post(reverse("calls:quick", args=[pair.pk])))
        assert [page.status_code for page in pages] == [404, 404, 404]
    assert Call.objects.count() == 1


def test_signed_out_people_are_asked_to_sign_in(client, call):
    answer = client.get(reverse("calls:call", args=[call.pk]))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("account_login"))
