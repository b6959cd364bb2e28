"""The pages about one's data: what they ask before, and what a second click does."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from throughline.accounts.models import Closure, Export
from throughline.foundation import clock
from throughline.foundation.jobs.runner import run_ready

DATA, CLOSE, STAY, KEPT = (reverse(f"accounts:{name}") for name in ("data", "close", "stay", "kept"))


@pytest.fixture
def me(client, mentor):
    """Signed in by password just now, which is a fresh proof."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=mentor, email=mentor.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": mentor.email, "password": "correct horse battery"})
    return mentor


def test_an_export_is_asked_for_once_however_often_it_is_pressed(client, me):
    assert "Pack my data" in client.get(DATA).content.decode()
    for _ in range(3):
        assert client.post(reverse("accounts:export")).status_code == 302
    assert Export.objects.count() == 1
    assert "It is being packed" in client.get(DATA).content.decode()
    run_ready()
    assert "It is ready." in client.get(DATA).content.decode()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert client.get(reverse("accounts:download", args=[Export.objects.get().pk])).status_code in (302, 404)


def test_the_file_is_for_its_person_alone(client, me, mentee, stranger):
    client.post(reverse("accounts:export"))
    run_ready()
    address = reverse("accounts:download", args=[Export.objects.get().pk])
    for other in (mentee, stranger):
        client.force_login(other)
        assert client.get(address).status_code == 404


def test_closing_says_first_what_it_means(client, me, pair):
    page = client.get(CLOSE).content.decode()
    assert "Your relationship with Tomás Rivera ends" in page
    assert "14 days to change your mind" in page
    assert not Closure.objects.exists()


def test_closing_asks_for_a_fresh_proof(client, mentor):
    client.force_login(mentor)
    answer = client.post(CLOSE)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('accounts:prove')}?next=%2Faccount%2Fclose%2F")
    assert not Closure.objects.exists()


def test_closing_twice_is_once_and_so_is_staying(client, me, pair):
    for _ in range(2):
        assert client.post(CLOSE).status_code == 302
    assert "Your account will be erased on" in client.get(CLOSE).content.decode()
    assert "Will be erased on" in client.get(DATA).content.decode()
    for _ in range(2):
        assert client.post(STAY).status_code == 302
    assert not Closure.objects.exists()
    with time_machine.travel(clock.now() + timedelta(days=1)):  # it was night where one of them lives
        run_ready()
    told = sorted((message.to[0], message.subject) for message in mail.outbox)
    assert told == [
        ("tomas@example.org", "Mira Lindqvist is closing their account"),
        ("tomas@example.org", "Mira Lindqvist stays"),
    ], "what was taken back before it could be said is not said to the one who took it back"


def test_a_coordinator_and_an_administrator_learn_whom_they_leave(client, me):
    from throughline.programs.actions import start_programme

    start_programme(by=me, name="Winter")
    me.is_staff = True
    me.save(update_fields=["is_staff"])
    page = client.get(CLOSE).content.decode()
    assert "Nobody else coordinates Winter" in page
    assert "Nobody else is an administrator here" in page


def test_what_is_kept_is_said_in_three_queries(client, me, django_assert_num_queries):
    client.get(KEPT)
    with django_assert_num_queries(2):  # the session and its person: the page itself asks nothing
        page = client.get(KEPT).content.decode()
    assert "Stays with the others" in page
    assert "90 days" in page
