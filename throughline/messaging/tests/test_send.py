"""Sending and having seen: once, in order, for those two alone."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from throughline.ledger.models import FactRow
from throughline.messaging.actions import CannotSendError, mark_seen, send_message
from throughline.messaging.models import Message
from throughline.messaging.queries import messages_after, messages_before, open_items_of, seen_by, unread_of
from throughline.relationships.actions import end_relationship


def _send(pair, by, text="Hello", **more):
    return send_message(relationship=pair, by=by, client_id=more.pop("client_id", uuid4()), text=text, **more)


def test_numbers_rise_without_gaps(pair, mentor, mentee):
    assert [_send(pair, by).number for by in (mentor, mentee, mentor)] == [1, 2, 3]


def test_sent_twice_arrives_once(pair, mentor):
    client_id = uuid4()
    first = _send(pair, mentor, "one", client_id=client_id)
    assert _send(pair, mentor, "one", client_id=client_id) == first
    assert Message.objects.count() == 1
    assert FactRow.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 20_001])
def test_what_is_no_message(pair, mentor, text):
    with pytest.raises(CannotSendError):
        _send(pair, mentor, text)
    assert not Message.objects.exists()


def test_writing_is_not_reading(pair, mentor, mentee):
    _send(pair, mentee, "Did you get this?")
    _send(pair, mentor, "Written offline, before anything of yours arrived")
    assert unread_of(mentor, [pair.pk]) == {pair.pk: 1}


def test_other_words_under_a_known_id_are_not_lost_in_silence(pair, mentor):
    client_id = uuid4()
    _send(pair, mentor, "one\ntwo", client_id=client_id)
    assert _send(pair, mentor, "one\r\ntwo ", client_id=client_id).number == 1
    with pytest.raises(CannotSendError):
        _send(pair, mentor, "three", client_id=client_id)


def test_what_was_delivered_before_the_end_is_acknowledged_after_it(pair, mentor):
    client_id = uuid4()
    _send(pair, mentor, client_id=client_id)
    end_relationship(relationship=pair, by=mentor)
    assert _send(pair, mentor, client_id=client_id).number == 1
    with pytest.raises(CannotSendError):
        _send(pair, mentor)


def test_markers_only_rise(pair, mentor, mentee):
    for _ in range(3):
        _send(pair, mentor)
    for number in (2, 1, 99):
        mark_seen(relationship=pair, by=mentee, number=number)
    assert seen_by(pair.pk) == {mentee.pk: 2}
    assert unread_of(mentee, [pair.pk]) == {pair.pk: 1}
    assert unread_of(mentor, [pair.pk]) == {}


def test_please_answer_waits_until_the_other_wrote(pair, mentor, mentee):
    asked = _send(pair, mentor, "Could you send the draft?", please_answer=True)
    assert [item.thing.id for item in open_items_of(mentee, [pair.pk])] == [asked.pk]
    assert list(open_items_of(mentor, [pair.pk])) == []
    _send(pair, mentee, "Tomorrow")
    assert list(open_items_of(mentee, [pair.pk])) == []


def test_pages_and_catching_up(pair, mentor, mentee):
    for index in range(60):
        _send(pair, (mentor, mentee)[index % 2], f"message {index + 1}")
    assert [line.number for line in messages_before(pair.pk)] == list(range(11, 61))
    assert [line.number for line in messages_before(pair.pk, 11)] == list(range(1, 11))
    assert [line.number for line in messages_after(pair.pk, 57)] == [58, 59, 60]


@pytest.mark.django_db(transaction=True)
def test_two_at_one_moment_get_two_numbers(pair, mentor, mentee):
    def send(by):
        try:
            return _send(pair, by).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(send, [mentor, mentee] * 6))
    assert sorted(numbers) == list(range(1, 13))


def test_the_page_sends_without_scripts(client, pair, mentor, mentee):
    client.force_login(mentor)
    address = reverse("messaging:conversation", args=[pair.pk])
    client_id = str(uuid4())
    for _ in range(2):  # a double click
        assert client.post(address, {"text": "<b>Hi</b>", "client_id": client_id}).status_code == 302
    page = client.get(address).content.decode()
    assert page.count("&lt;b&gt;Hi&lt;/b&gt;") == 1


def test_nothing_typed_is_lost(client, pair, mentor):
    client.force_login(mentor)
    address = reverse("messaging:conversation", args=[pair.pk])
    answer = client.post(address, {"text": "y" * 20_001, "client_id": "nonsense"})
    assert answer.status_code == 422
    assert "y" * 20_001 in answer.content.decode()


def test_after_going_back_other_words_get_an_id_of_their_own(client, pair, mentor):
    client.force_login(mentor)
    address = reverse("messaging:conversation", args=[pair.pk])
    form = {"text": "first", "client_id": str(uuid4())}
    client.post(address, form)
    again = client.post(address, form | {"text": "second"})
    assert again.status_code == 422
    fresh = re.search(r'name="client_id" value="([^"]+)"', again.content.decode())
    assert client.post(address, {"text": "second", "client_id": fresh[1]}).status_code == 302
    assert [line.html for line in messages_before(pair.pk)] == ["<p>first</p>\n", "<p>second</p>\n"]


def test_seen_and_answered_are_words(client, pair, mentor, mentee):
    sent = _send(pair, mentor, "Could you?", please_answer=True)
    client.force_login(mentor)
    address = reverse("messaging:conversation", args=[pair.pk])
    assert _shown(client.get(address), "m1") == {"Please answer"}
    mark_seen(relationship=pair, by=mentee, number=sent.number)
    assert _shown(client.get(address), "m1") == {"Please answer", "Seen"}
    _send(pair, mentee)
    assert _shown(client.get(address), "m1") == {"Answered", "Seen"}


def _shown(answer, line):
    """The words beside a line that are not hidden."""
    item = re.search(rf'<li id="{line}".*?</li>', answer.content.decode(), re.DOTALL)
    found = re.findall(r'data-part="(?:asks|answered|seen)">(.*?)</span>', item[0], re.DOTALL)
    return {re.sub(r"<.*?>", "", words).strip() for words in found}


def test_a_stranger_meets_nothing(client, pair, stranger):
    client.force_login(stranger)
    address = reverse("messaging:conversation", args=[pair.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "hi", "client_id": str(uuid4())}).status_code == 404
    assert client.post(reverse("messaging:seen", args=[pair.pk, 1])).status_code == 404


def test_what_was_read_is_said_by_a_post_alone(client, pair, mentor, mentee):
    sent = _send(pair, mentor)
    client.force_login(mentee)
    page, seen = (reverse(f"messaging:{name}", args=args) for name, args in (
        ("conversation", [pair.pk]), ("seen", [pair.pk, sent.number])
    ))  # fmt: skip
    assert "I have read these" in client.get(page).content.decode()
    assert client.get(seen).status_code == 405
    assert seen_by(pair.pk) == {}
    assert client.post(seen).url == page
    assert seen_by(pair.pk) == {mentee.pk: 1}
    assert "I have read these" not in client.get(page).content.decode()


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_page_takes_a_fixed_number_of_queries(client, pair, mentor, mentee, django_assert_num_queries, count):
    for _ in range(count):
        _send(pair, mentor)
    client.force_login(mentor)
    address = reverse("messaging:conversation", args=[pair.pk])
    client.get(address)
    with django_assert_num_queries(14):
        client.get(address)
