"""The pages around a conversation, as a browser without scripts meets them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from throughline.messaging.actions import edit_message, react, send_message
from throughline.messaging.models import Message
from throughline.messaging.queries import messages_before


def _send(pair, by, text="Hello", **more):
    return send_message(relationship=pair, by=by, client_id=uuid4(), text=text, **more)


def _at(name, message):
    return reverse(f"messaging:{name}", args=[message.pk])


@pytest.fixture
def sent(pair, mentee):
    return _send(pair, mentee, "The draft is ready")


@pytest.fixture
def page(pair):
    return reverse("messaging:conversation", args=[pair.pk])


def test_a_reply_without_scripts(client, pair, mentor, sent, page):
    client.force_login(mentor)
    asked = client.get(page, {"answer": str(sent.pk)}).content.decode()
    assert "Replying to Tomás Rivera" in asked
    form = {"text": "Thank you", "client_id": str(uuid4()), "answers": str(sent.pk)}
    assert client.post(page, form).status_code == 302
    assert messages_before(pair.pk)[1].quoted.words == "The draft is ready"
    assert client.post(page, form | {"client_id": str(uuid4()), "answers": str(uuid4())}).status_code == 422


def test_edit_sign_and_delete_without_scripts(client, pair, mentor, mentee, sent, page):
    client.force_login(mentee)
    assert client.post(_at("message", sent), {"text": ""}).status_code == 422
    assert client.post(_at("message", sent), {"text": "Nearly ready"}).url == f"{page}?around=1#m1"
    assert "The draft is ready" in client.get(_at("message", sent)).content.decode()
    client.force_login(mentor)
    assert "The draft is ready" in client.get(_at("message", sent)).content.decode()  # both can open how it read before
    assert client.post(_at("message", sent), {"text": "Mine now"}).status_code == 422
    assert client.post(_at("sign", sent), {"sign": "👍"}).status_code == 302
    assert client.post(_at("sign", sent), {"sign": "x"}).status_code == 404
    assert messages_before(pair.pk)[0].signs == (("👍", (mentor.pk,)),)
    client.force_login(mentee)
    for _ in range(2):
        assert client.post(_at("delete", sent)).status_code == 302
    assert "Deleted by Tomás Rivera" in client.get(page).content.decode()
    assert "Nearly ready" not in client.get(_at("message", sent)).content.decode()


def test_a_stranger_meets_no_message(client, stranger, sent):
    client.force_login(stranger)
    assert client.get(_at("message", sent)).status_code == 404
    for name in ("message", "sign", "delete"):
        assert client.post(_at(name, sent), {"text": "x", "sign": "👍"}).status_code == 404
    assert not Message.objects.get().edited_at


def test_a_page_around_a_message_long_ago(client, pair, mentor, page):
    for number in range(120):
        _send(pair, mentor, f"message {number + 1}")
    client.force_login(mentor)
    shown = client.get(page, {"around": "50"}).content.decode()
    assert ('id="m25"' in shown, 'id="m74"' in shown, 'id="m24"' in shown, 'id="m75"' in shown) == (
        True,
        True,
        False,
        False,
    )
    assert "?before=125" in shown  # the later ones
    assert "Back to the newest" not in client.get(page, {"around": "110"}).content.decode()
    for wrong in ("x", "-1", "9" * 30, "²"):
        assert client.get(page, {"around": wrong, "before": wrong, "answer": wrong}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_message_takes_a_fixed_number_of_queries(
    client, mentor, mentee, sent, django_assert_num_queries, count
):
    for number in range(count):
        edit_message(message=sent, by=mentee, text=f"words {number}")
        react(message=sent, by=mentor, sign="👍")
    client.force_login(mentor)
    client.get(_at("message", sent))
    with django_assert_num_queries(9):
        client.get(_at("message", sent))


def test_which_key_sends_is_kept_with_the_person(client, pair, mentor, stranger, page):
    client.force_login(mentor)
    address = reverse("messaging:sends", args=[pair.pk])
    assert 'data-sends="enter"' in client.get(page).content.decode()
    for _ in range(2):
        assert client.post(address, {"key": "ctrl"}).url == page
    assert 'data-sends="ctrl"' in client.get(page).content.decode()
    assert client.post(address, {"key": "x"}).status_code == 404
    client.force_login(stranger)
    assert client.post(address, {"key": "ctrl"}).status_code == 404
