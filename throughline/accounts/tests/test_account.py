"""Proof, tokens, devices: what guards the account itself; and no page in anybody else's look."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from throughline.accounts.access import Proof, fresh_proof, person_of_token, proof_address
from throughline.accounts.actions import make_token, revoke_token
from throughline.accounts.domain.scopes import register_scope, scopes
from throughline.accounts.models import ApiToken
from throughline.foundation import clock

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def confirmed(mentor):
    EmailAddress.objects.create(user=mentor, email=mentor.email, verified=True, primary=True)
    return mentor


def sign_in(person, **headers) -> Client:
    client = Client(**headers)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/")
    return client


def proof_of(client: Client, person) -> Proof | None:
    request = RequestFactory().get("/")
    request.session, request.user = client.session, person
    return fresh_proof(request)


def test_a_proof_is_fresh_for_five_minutes_from_signing_in(confirmed, mentee):
    start = datetime(2026, 11, 3, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as moved:
        client = sign_in(confirmed)
        assert proof_of(client, confirmed) == Proof("password", start)
        assert proof_of(client, mentee) is None
        moved.shift(299)
        assert proof_of(client, confirmed) == Proof("password", start)
        moved.shift(1)
        assert proof_of(client, confirmed) is None
        answer = client.get(proof_address("/agreements/1/sign/"))
        assert answer.url == "/account/reauthenticate/?next=%2Fagreements%2F1%2Fsign%2F"
        answer = client.post(answer.url, {"password": "not it", "next": "/agreements/1/sign/"})
        assert "Incorrect password." in answer.content.decode()
        answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/agreements/1/sign/"})
        assert answer.url == "/agreements/1/sign/"
        assert proof_of(client, confirmed) == Proof("password", start + timedelta(seconds=300))
        assert client.get(proof_address("/agreements/1/sign/")).url == "/agreements/1/sign/"


def test_the_clock_of_a_test_that_moves_makes_no_proof_stale(confirmed, monkeypatch):
    client = sign_in(confirmed)
    monkeypatch.setattr(clock, "_offset", lambda: timedelta(days=7))
    found = proof_of(client, confirmed)
    assert found is not None
    assert clock.now() - found.at < timedelta(seconds=30)


def test_a_session_that_no_password_opened_proves_nothing(client, mentor):
    client.force_login(mentor)
    assert proof_of(client, mentor) is None


@pytest.mark.parametrize("onward", ["https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)", ""])
def test_a_proof_never_leads_elsewhere(confirmed, onward):
    assert sign_in(confirmed).get(reverse("accounts:prove"), {"next": onward}).url == "/"


def test_tokens_work_within_scope_and_time(mentor):
    with time_machine.travel("2026-11-03T12:00Z", tick=False) as moved:
        row, token = make_token(by=mentor, name="calendar", scopes=["meetings:read"], days=7)
        assert token not in repr(ApiToken.objects.values().get())
        assert person_of_token(token, "meetings:read") == mentor
        assert person_of_token(token, "meetings:write") is None
        assert person_of_token(f"{token}x", "meetings:read") is None
        assert person_of_token("\ud800", "meetings:read") is None
        row.refresh_from_db()
        assert row.last_used_on == date(2026, 11, 3)
        moved.shift(timedelta(days=7))
        assert person_of_token(token, "meetings:read") is None
    row, token = make_token(by=mentor, name="calendar", scopes=["meetings:read"], days=7)
    revoke_token(by=mentor, token_id=row.pk)
    assert person_of_token(token, "meetings:read") is None


def test_a_token_is_shown_once_and_only_after_a_proof(confirmed, mentee, client):
    before = dict(scopes())
    register_scope("tests:read", "See what tests see")
    posted = {"name": "calendar", "scopes": ["tests:read"], "days": "30"}
    client.force_login(confirmed)
    assert client.post(reverse("accounts:tokens"), posted).url == proof_address("/account/tokens/")
    client = sign_in(confirmed)
    assert client.post(reverse("accounts:tokens"), {**posted, "scopes": ["all"]}).status_code == 422
    assert ApiToken.objects.count() == 0
    shown = client.post(reverse("accounts:tokens"), posted).content.decode()
    row = ApiToken.objects.get()
    assert "tl_" in shown
    again = client.get(reverse("accounts:tokens")).content.decode()
    assert ("tl_" in again, "See what tests see" in again) == (False, True)
    client.force_login(mentee)
    assert client.post(reverse("accounts:revoke", args=[row.pk])).status_code == 404
    assert before.keys() <= dict(scopes()).keys()


def test_signing_out_everywhere_else(confirmed):
    here, there = sign_in(confirmed, HTTP_USER_AGENT="Firefox/1 Windows"), sign_in(confirmed)
    page = here.get("/account/sessions/").content.decode()
    assert ("Firefox, Windows" in page, "Sign out everywhere else" in page) == (True, True)
    here.post("/account/sessions/")
    assert here.get(reverse("accounts:profile")).status_code == 200
    assert there.get(reverse("accounts:profile")).status_code == 302


def test_a_new_address_takes_over_once_it_is_confirmed(confirmed):
    client = sign_in(confirmed)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "1", "email": "new@example.net"})
    (sent,) = mail.outbox
    assert sent.to == ["new@example.net"]
    link = next(line for line in sent.body.splitlines() if "confirm-email" in line).removeprefix("http://testserver")
    confirmed.refresh_from_db()
    assert confirmed.email == "mira@example.org"
    client.post(link)
    confirmed.refresh_from_db()
    assert confirmed.email == "new@example.net"
    assert [(message.to, message.subject) for message in mail.outbox[1:]] == [
        (["mira@example.org"], "Your e-mail address was changed"),
    ]


def addresses(patterns, prefix="/account/"):
    """Every address without parts to fill in that the sign-in library and this room serve."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern) and "<" not in str(pattern.pattern):
            yield prefix + str(pattern.pattern)


def test_no_page_in_anybody_elses_look(confirmed):
    rooms = [found for found in get_resolver().url_patterns if str(found.pattern) == "account/"]
    found = {address for room in rooms for address in addresses(room.url_patterns)}
    assert len(found) > 25
    inside = sign_in(confirmed)
    inside.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for address in sorted(found):
        for client in (inside, Client()):
            answer = client.get(address)
            if answer.status_code == 200:
                page = answer.content.decode()
                assert 'class="skip"' in page, address
                assert "style=" not in page.replace('class="style=', ""), address
            else:
                assert answer.status_code in (302, 404, 405), address


def test_the_admin_site_shows_nothing_that_people_say_of_themselves(client, mentor, mentee):
    mentor.is_staff = mentor.is_superuser = True
    mentor.save()
    mentee.offers = "canary-of-the-profile"
    mentee.save()
    client.force_login(mentor)
    for page in (
        reverse("admin:accounts_person_changelist"),
        reverse("admin:accounts_person_change", args=[mentee.pk]),
    ):
        answer = client.get(page)
        assert (answer.status_code, b"canary-of-the-profile" in answer.content) == (200, False)
