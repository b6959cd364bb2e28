"""Getting in: sign up, confirm, sign in, reset; and the same answer whether an account exists or not."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from throughline.accounts.models import Person
from throughline.foundation.environment import ENV

SIGNUP = {
    "name": "Mira Lindqvist",
    "email": "mira@example.net",
    "password1": "four quiet words here",
    "zone": "Europe/Berlin",
}
pytestmark = pytest.mark.django_db


def link_in(message) -> str:
    return re.search(rf"{re.escape(ENV.origin)}(\S+)", message.body).group(1)


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), {**SIGNUP, **changes})


def test_sign_up_confirm_and_go_on_where_one_wanted(client):
    answer = sign_up(client, next="/invitations/abc/")
    assert answer.status_code == 302
    assert answer.url == "/account/confirm-email/?next=%2Finvitations%2Fabc%2F"
    person = Person.objects.get()
    assert (person.name, person.email, person.zone, person.zone_confirmed_at) == (
        "Mira Lindqvist", "mira@example.net", "Europe/Berlin", None,
    )  # fmt: skip
    link = link_in(mail.outbox[0])
    assert link.endswith("?next=%2Finvitations%2Fabc%2F")
    assert "Yes, it is mine" in client.get(link).content.decode()
    answer = client.post(link)
    assert (answer.status_code, answer.url) == (302, "/invitations/abc/")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_confirming_on_another_device_asks_to_sign_in_there(client):
    sign_up(client, next="/invitations/abc/")
    other = Client()
    answer = other.post(link_in(mail.outbox[0]))
    assert (answer.status_code, answer.url) == (302, "/invitations/abc/")
    assert "_auth_user_id" not in other.session
    answer = other.post(
        reverse("account_login"),
        {"login": SIGNUP["email"], "password": SIGNUP["password1"], "next": "/invitations/abc/"},
    )
    assert (answer.status_code, answer.url) == (302, "/invitations/abc/")


def test_nobody_is_in_before_confirming(client):
    sign_up(client)
    answer = client.post(reverse("account_login"), {"login": SIGNUP["email"], "password": SIGNUP["password1"]})
    assert (answer.status_code, answer.url) == (302, "/account/confirm-email/")
    assert client.get("/").status_code in (200, 302)
    assert "_auth_user_id" not in client.session


def test_the_same_answer_for_an_address_that_has_an_account(client, mentor):
    fresh = sign_up(client, email="new@example.net")
    taken = sign_up(client, email=mentor.email)
    assert (fresh.status_code, fresh.url) == (taken.status_code, taken.url)
    assert [message.subject for message in mail.outbox] == [
        "Please confirm your e-mail address",
        "You already have an account",
    ]
    known = client.post(reverse("account_reset_password"), {"email": mentor.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.net"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    wrong = [
        Client().post(reverse("account_login"), {"login": email, "password": "not the password"}).content
        for email in (mentor.email, "nobody@example.net")
    ]
    assert _plain(wrong[0], mentor.email) == _plain(wrong[1], "nobody@example.net")


def _plain(page: bytes, email: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page.decode()).replace(email, "…")


def test_a_new_password_by_mail(client, mentor):
    client.post(reverse("account_reset_password"), {"email": mentor.email})
    answer = client.get(link_in(mail.outbox[0]), follow=True)
    form = answer.redirect_chain[-1][0]
    assert "Choose a new password" in answer.content.decode()
    assert client.post(form, {"password1": "other quiet words"}).status_code == 302
    mentor.refresh_from_db()
    assert mentor.check_password("other quiet words")
    assert [message.subject for message in mail.outbox] == [
        "A new password for Throughline",
        "Your password was changed",
    ]
    assert "&" not in mail.outbox[0].body.split("http")[0]
    assert "This link has run out" in client.get(link_in(mail.outbox[0]), follow=True).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Please tell us how people call you."),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"name": "\x00\u202e"}, "Please tell us how people call you."),
        ({"password1": "null\x00in the middle"}, "Null characters are not allowed."),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"password1": "short"}, "at least 10 characters"),
        ({"password1": "password1234"}, "too common"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(client, changes, sentence):
    page = sign_up(client, **changes).content.decode()
    assert sentence in page
    assert Person.objects.count() == 0


def test_names_are_made_safe(client):
    sign_up(client, name="  \u202eevil <b>name</b>\u2066 ", zone="Not/AZone")
    person = Person.objects.get()
    assert (person.name, person.zone) == ("evil <b>name</b>", "UTC")


def test_a_name_of_ten_megabytes_is_refused(client):
    assert sign_up(client, name="x" * 10_000_000).status_code == 400
    assert Person.objects.count() == 0


def test_five_wrong_passwords_are_enough(client, mentor):
    wrong = {"login": mentor.email, "password": "not the password"}
    for _ in range(5):
        assert "not correct" in client.post(reverse("account_login"), wrong).content.decode()
    page = Client().post(reverse("account_login"), {**wrong, "password": "correct horse battery"})
    assert "Too many failed login attempts" in page.content.decode()


def test_signing_up_is_throttled_by_address_of_the_network(client):
    answers = [client.get(reverse("account_signup")).status_code]
    answers += [sign_up(client, email="not an address").status_code for _ in range(21)]
    assert answers == [200] * 21 + [429]


def test_password_resets_are_throttled_for_each_account(client, mentor):
    answers = [client.post(reverse("account_reset_password"), {"email": mentor.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
