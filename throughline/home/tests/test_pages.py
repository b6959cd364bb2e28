"""Today and a relationship: what is next for whom, in a fixed number of queries, for members alone."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from throughline.accounts.models import Person
from throughline.commitments.actions import make_commitment
from throughline.foundation import clock
from throughline.messaging.actions import send_message
from throughline.relationships.actions import begin_relationship, end_relationship, invite, join_relationship
from throughline.relationships.domain.roles import Role
from throughline.relationships.models import Membership


def _pairs(mentor, count):
    """So many relationships of one mentor, each with a mentee who asked something."""
    made = []
    for index in range(count):
        mentee = Person.objects.create_user(
            f"mentee{index}@example.org", None, name=f"Mentee {index}", zone="Asia/Tokyo"
        )
        relationship = begin_relationship(by=mentor, role=Role.MENTOR)
        join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
        send_message(relationship=relationship, by=mentee, client_id=uuid4(), text="Well?", please_answer=True)
        due = clock.today_in(mentor.zone)
        make_commitment(by=mentor, relationship=relationship, owner=mentor, due=due, words="Read it")
        made.append(relationship)
    return made


def test_a_visitor_is_told_what_this_is(client, db):
    page = client.get(reverse("today")).content.decode()
    assert reverse("account_signup") in page


def test_somebody_new_is_shown_the_first_step(client, mentor):
    client.force_login(mentor)
    page = client.get(reverse("today")).content.decode()
    assert reverse("relationships:invite") in page


def test_today_says_who_waits(client, mentor):
    [relationship] = _pairs(mentor, 1)
    client.force_login(mentor)
    page = client.get(reverse("today")).content.decode()
    assert "Mentee 0 asked for an answer" in page
    assert reverse("relationship", args=[relationship.pk]) in page
    assert "1 new" in page


@pytest.mark.parametrize("count", [1, 3, 30])
def test_today_takes_a_fixed_number_of_queries(client, mentor, django_assert_num_queries, count):
    _pairs(mentor, count)
    client.force_login(mentor)
    client.get(reverse("today"))
    with django_assert_num_queries(28):
        client.get(reverse("today"))


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_relationship_takes_a_fixed_number_of_queries(client, mentor, django_assert_num_queries, count):
    relationship = _pairs(mentor, count)[0]
    client.force_login(mentor)
    address = reverse("relationship", args=[relationship.pk])
    client.get(address)
    with django_assert_num_queries(34):
        client.get(address)


@pytest.mark.parametrize("name", ["relationship", "messaging:conversation", "agreements:agreement", "meetings:series"])
def test_a_stranger_meets_nothing(client, pair, stranger, name):
    client.force_login(stranger)
    assert client.get(reverse(name, args=[pair.pk])).status_code == 404


def test_what_is_not_there_is_said_on_a_page_of_ours(client, stranger):
    client.force_login(stranger)
    answer = client.get("/relationships/nonsense/")
    assert answer.status_code == 404
    assert "There is nothing here for you" in answer.content.decode()


def test_jumping_lists_people_and_places(client, pair, mentor):
    client.force_login(mentor)
    page = client.get(reverse("jump"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "Tomás Rivera" in page
    assert reverse("meetings:series", args=[pair.pk]) in page


@pytest.mark.parametrize(
    ("hour", "greeting"), [(5, "Good morning"), (12, "Good afternoon"), (18, "Good evening"), (23, "Hello")]
)
def test_the_greeting_follows_the_persons_own_hour(client, mentor, time_machine, hour, greeting):
    time_machine.move_to(datetime(2026, 11, 23, hour - 1, tzinfo=UTC))  # Berlin is an hour ahead
    client.force_login(mentor)
    assert f"{greeting}, Mira" in client.get(reverse("today")).content.decode()


def test_an_ended_relationship_offers_nothing_to_write_or_pause(client, mentor):
    [relationship] = _pairs(mentor, 1)
    end_relationship(relationship=relationship, by=mentor)
    client.force_login(mentor)
    page = client.get(reverse("relationship", args=[relationship.pk])).content.decode()
    assert "What you wrote" not in page  # the mentee's words are unread still
    assert "Read 1 new message" in page
    assert reverse("relationships:pause", args=[relationship.pk]) not in page
    assert reverse("calls:quick", args=[relationship.pk]) not in page
    assert "Write it together" not in page
    assert "How it ended" in page


def test_an_invitation_says_to_whom_it_went(client, mentor):
    invite(by=mentor, role=Role.MENTEE, email="ada@example.org")
    client.force_login(mentor)
    today = client.get(reverse("today")).content.decode()
    assert today.count("ada@example.org") == 2  # the fortnight's line, and the line of a person
    [key] = Membership.objects.filter(person=mentor).values_list("relationship_id", flat=True)
    page = client.get(reverse("relationship", args=[key])).content.decode()
    assert "<h1>ada@example.org</h1>" in page
    assert "invited, no answer yet" in page
