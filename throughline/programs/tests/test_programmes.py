"""A programme, by its pages: joined by consent, seen by counts, each look told to the pair."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from throughline.foundation import clock
from throughline.programs.actions import consent, leave_programme, propose_enrolment, start_programme
from throughline.programs.models import Consent, Enrolment, Leaving, Programme
from throughline.programs.queries import enrolments_of
from throughline.relationships.actions import begin_relationship, end_relationship, join_relationship, propose_pause
from throughline.relationships.domain.roles import Role, Sight
from throughline.relationships.queries import looks_of, may_see, overseers_of
from throughline.relationships.things import open_items_of


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def programme(coordinator) -> Programme:
    return start_programme(by=coordinator, name="Women in <b>physics</b>", description="For a year.")


@pytest.fixture
def joined(programme, pair, mentor, mentee) -> Enrolment:
    enrolment = propose_enrolment(programme=programme, relationship=pair, by=mentor)
    return consent(enrolment=enrolment, by=mentee)


def page(name: str, one) -> str:
    return reverse(f"programs:{name}", args=[one.pk])


def test_anybody_starts_a_programme_and_coordinates_it(coordinator) -> None:
    form = {"name": "Physics", "description": "", "once": str(uuid4())}
    client = signed_in(coordinator)
    pages = [client.post(reverse("programs:new"), form).headers["Location"] for _ in range(2)]  # a double click
    [made] = Programme.objects.all()
    assert pages == [page("programme", made)] * 2
    assert "No pair has joined so far" in client.get(pages[0]).content.decode()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Give the programme a name."),
        ("x" * 121, "Ensure this value has at most 120 characters (it has 121)."),
        ("a\x00", "Null characters are not allowed."),
    ],
)
def test_a_wrong_name_is_said_at_its_field(coordinator, name, sentence) -> None:
    response = signed_in(coordinator).post(reverse("programs:new"), {"name": name, "description": "kept words"})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "kept words" in response.content.decode()
    assert Programme.objects.count() == 0


def test_a_pair_joins_once_both_have_agreed(programme, pair, mentor, mentee, coordinator) -> None:
    address = reverse("programs:join", args=[programme.code])
    client = signed_in(mentor)
    shown = client.get(address).content.decode()
    assert "Women in &lt;b&gt;physics&lt;/b&gt;" in shown
    assert "Inês Carvalho will see your names" in shown
    for _ in range(2):
        client.post(address, {"relationship": str(pair.pk)})
    [enrolment] = Enrolment.objects.all()
    assert not may_see(coordinator, pair, Sight.COUNTS)
    assert signed_in(coordinator).get(page("counts", enrolment)).status_code == 404
    assert [item.act for item in open_items_of(mentee, [pair.pk]) if item.thing.kind == "programs.enrolment"] == [
        "Join Women in <b>physics</b>?"
    ]
    for _ in range(2):
        signed_in(mentee).post(page("agree", enrolment))
    assert may_see(coordinator, pair, Sight.COUNTS)
    assert [(one.person_id, one.ground) for one in overseers_of(pair.pk)] == [
        (coordinator.pk, f"programs.enrolment:{enrolment.pk}")
    ]
    assert Consent.objects.count() == 2
    who_looks = client.get(reverse("relationships:looks", args=[pair.pk])).content.decode()
    assert f'href="{page("enrolment", enrolment)}"' in who_looks


def test_either_can_leave_and_the_coordinator_sees_nothing_more(joined, pair, mentee, coordinator) -> None:
    for _ in range(2):
        signed_in(mentee).post(page("leave", joined))
    assert Leaving.objects.count() == 1
    assert overseers_of(pair.pk) == []
    assert not may_see(coordinator, pair, Sight.COUNTS)
    assert enrolments_of(pair.pk) == []
    client = signed_in(coordinator)
    assert client.get(page("counts", joined)).status_code == 404
    assert "Mira" not in client.get(page("programme", joined.programme)).content.decode()


def test_what_was_turned_down_is_not_agreed_to_later(programme, pair, mentor, mentee, coordinator) -> None:
    enrolment = propose_enrolment(programme=programme, relationship=pair, by=mentor)
    leave_programme(enrolment=enrolment, by=mentor)
    consent(enrolment=enrolment, by=mentee)
    assert not may_see(coordinator, pair, Sight.COUNTS)


def test_the_coordinator_sees_counts_and_no_content(joined, pair, mentor, coordinator) -> None:
    today = clock.today_in(mentor.zone)
    propose_pause(relationship=pair, by=mentor, first_day=today, last_day=today, reason="a secret reason")
    client = signed_in(coordinator)
    for address in (page("programme", joined.programme), page("counts", joined)):
        shown = client.get(address).content.decode()
        assert "Mira Lindqvist and Tomás Rivera" in shown
        assert "going on" in shown
        assert "secret" not in shown
    for name in ("relationships:pause", "relationships:looks", "relationships:end", "commitments:list"):
        assert client.get(reverse(name, args=[pair.pk])).status_code == 404


def test_each_day_with_a_look_stands_on_the_page_of_the_pair(joined, pair, mentor, coordinator) -> None:
    client = signed_in(coordinator)
    assert (
        "Nobody has looked so far."
        in signed_in(mentor).get(reverse("relationships:looks", args=[pair.pk])).content.decode()
    )
    for address in (page("programme", joined.programme), page("counts", joined), page("counts", joined)):
        client.get(address)
    assert [(one.person_id, one.what) for one in looks_of(pair.pk)] == [(coordinator.pk, Sight.COUNTS)]
    with time_machine.travel(clock.now() + timedelta(days=1)):
        signed_in(coordinator).get(page("counts", joined))
    assert len(looks_of(pair.pk)) == 2
    leave_programme(enrolment=joined, by=mentor)
    shown = signed_in(mentor).get(reverse("relationships:looks", args=[pair.pk])).content.decode()
    assert shown.count("Inês Carvalho · counts ·") == 2


def test_others_find_nothing(joined, stranger, mentor) -> None:
    other = start_programme(by=stranger, name="Another")  # a coordinator of something else
    client = signed_in(stranger)
    assert client.get(page("programme", other)).status_code == 200
    addresses = [page(name, joined) for name in ("enrolment", "counts")] + [page("programme", joined.programme)]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert [client.post(page(name, joined)).status_code for name in ("agree", "leave")] == [404, 404]
    assert signed_in(mentor).get(page("programme", joined.programme)).status_code == 404
    assert signed_in(mentor).get(page("counts", joined)).status_code == 404
    assert Leaving.objects.count() == 0


def test_nobody_brings_in_a_pair_of_others(programme, pair, stranger, coordinator) -> None:
    for person in (stranger, coordinator):
        response = signed_in(person).post(
            reverse("programs:join", args=[programme.code]), {"relationship": str(pair.pk)}
        )
        assert response.status_code == 422
    assert Enrolment.objects.count() == 0


@pytest.mark.parametrize("code", ["nothing", "ä", "a" * 400, "<script>", "..", " "])
def test_a_code_that_is_none_is_not_found(mentor, code) -> None:
    assert signed_in(mentor).get(reverse("programs:join", args=[code])).status_code == 404


def test_an_ended_pair_can_still_leave(joined, pair, mentor, mentee, coordinator) -> None:
    end_relationship(relationship=pair, by=mentor)
    assert signed_in(mentee).get(page("enrolment", joined)).status_code == 200
    signed_in(mentee).post(page("leave", joined))
    assert not may_see(coordinator, pair, Sight.COUNTS)


@pytest.mark.parametrize("many", [1, 3, 300])
def test_the_list_takes_as_many_queries_for_one_as_for_many(
    many, programme, mentor, mentee, coordinator, django_assert_num_queries
) -> None:
    for _ in range(many):
        relationship = begin_relationship(by=mentor, role=Role.MENTOR)
        join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
        consent(enrolment=propose_enrolment(programme=programme, relationship=relationship, by=mentor), by=mentee)
    client = signed_in(coordinator)
    with django_assert_num_queries(14):
        assert client.get(page("programme", programme)).status_code == 200
