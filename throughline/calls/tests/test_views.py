"""A call's pages: opened once, seen by its members alone, calm afterwards."""

from __future__ import annotations

import pytest
from django.urls import reverse

from throughline.calls.access import admits
from throughline.calls.actions import enter_call, leave_call, open_call
from throughline.calls.models import Call, HiddenAddress


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
        pages += [client.get(reverse("calls:ticket", args=[call.pk]))]
        pages += [client.post(reverse("calls:address", args=[call.pk]), {"hidden": "1"})]
        pages.append(client.post(reverse("calls:quick", args=[pair.pk])))
        assert [page.status_code for page in pages] == [404] * 5
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


def test_a_page_whose_ticket_grew_old_fetches_another(client, call, mentee):
    client.force_login(mentee)
    ticket = client.get(reverse("calls:ticket", args=[call.pk])).json()["ticket"]
    assert admits(ticket, mentee.pk, call.pk)


def test_an_address_is_hidden_and_shown_again_and_twice_is_once(client, call, mentee):
    client.force_login(mentee)
    address = reverse("calls:address", args=[call.pk])
    hidden = []
    for words in ({"hidden": "1"}, {"hidden": "1"}, {}, {}):
        assert client.post(address, words)["Location"] == f"/calls/{call.pk}/"
        hidden.append(HiddenAddress.objects.filter(person=mentee).count())
    assert hidden == [1, 1, 0, 0]
    assert client.get(address).status_code == 405


def test_only_the_calls_page_may_run_compiled_code(client, call, mentor):
    client.force_login(mentor)
    policies = [client.get(place)["Content-Security-Policy"] for place in (f"/calls/{call.pk}/", "/calls/test/")]
    assert ["wasm-unsafe-eval" in policy for policy in policies] == [True, False]
    assert not any("'unsafe-eval'" in policy for policy in policies)


def test_the_test_of_a_line_is_there_for_whoever_is_signed_in(client, call, stranger):
    assert client.get("/calls/test/").status_code == 302
    client.force_login(stranger)
    assert "Test my connection" in client.get("/calls/test/").content.decode()
