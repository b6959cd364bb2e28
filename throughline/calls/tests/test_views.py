"""A call's pages: opened once, seen by its members alone, calm afterwards."""

from __future__ import annotations

import pytest
from django.urls import reverse

from throughline.calls.actions import enter_call, leave_call, open_call
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


def test_the_page_names_the_other_and_who_can_see(client, call, mentor, mentee):
    client.force_login(mentee)
    page = client.get(reverse("calls:call", args=[call.pk])).content.decode()
    assert "Mira Lindqvist" in page
    assert "Nothing is recorded" in page
    assert 'camera="full"' in page


def test_nobody_is_shown_inside_who_was_not_heard_of_for_a_minute(client, call, mentor, mentee, time_machine):
    client.force_login(mentee)
    time_machine.move_to(call.opened_at, tick=False)
    enter_call(call_id=call.pk, by_id=mentor.pk, connection="m1")
    inside = []
    for _ in range(2):
        inside.append("Mira Lindqvist is in the call." in client.get(f"/calls/{call.pk}/").content.decode())
        time_machine.shift(61)
    assert inside == [True, False]


def test_a_closed_call_shows_what_remains(client, call, mentor):
    enter_call(call_id=call.pk, by_id=mentor.pk, connection="m1")
    leave_call(call_id=call.pk, by_id=mentor.pk)
    client.force_login(mentor)
    answer = client.get(reverse("calls:call", args=[call.pk]), follow=True)
    assert answer.redirect_chain == [(f"/calls/{call.pk}/after/", 302)]
    assert "did not meet" in answer.content.decode()
