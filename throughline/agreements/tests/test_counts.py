"""The number of queries does not grow with what is there; other rooms' reads are as promised."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from throughline.agreements import queries
from throughline.agreements.actions import open_words, save_part
from throughline.agreements.models import Agreement
from throughline.agreements.tests.conftest import SCHEDULE, TERMS, sign
from throughline.foundation.jobs.registry import function_of
from throughline.notices.models import Notice
from throughline.relationships.things import open_items_of, thing_for


def version(number, relationship, mentor, mentee):
    """Sign the agreement again with another length, so that it has this many versions."""
    part = replace(SCHEDULE, minutes=50 + number)
    save_part(by=mentor, relationship=relationship, part=part, stamp=number - 1)
    sign(mentor, relationship)
    sign(mentee, relationship)


def spent(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["agreement", "sign", "history", "part", "words"])
def test_a_page_costs_the_same_with_one_version_and_with_four(
    as_mentor, in_force, mentor, mentee, page, django_assert_max_num_queries
):
    open_words(by=mentor, relationship=in_force)
    address = reverse(f"agreements:{page}", args=[in_force.pk, *(["schedule"] if page == "part" else [])])
    sign(mentor, in_force)
    version(2, in_force, mentor, mentee)
    with_two = spent(as_mentor, address, django_assert_max_num_queries)
    for number in (3, 4, 5):
        version(number, in_force, mentor, mentee)
    assert spent(as_mentor, address, django_assert_max_num_queries) == with_two


def test_terms_in_force_cost_one_query_beside_the_key(in_force, django_assert_num_queries):
    queries.terms_in_force(in_force.pk)  # the relationship's key is now in memory
    with django_assert_num_queries(1):
        assert queries.terms_in_force(in_force.pk) == TERMS
    with django_assert_num_queries(1):
        assert queries.version_in_force(in_force.pk).number == 1


def test_the_agreement_is_an_open_item_until_everybody_has_signed(pair, mentor, mentee, request):
    assert acts(mentor, pair) == ["Write your agreement together"]
    request.getfixturevalue("draft")
    sign(mentor, pair)
    assert (acts(mentor, pair), acts(mentee, pair)) == ([], ["Read the agreement and sign it"])
    sign(mentee, pair)
    assert (acts(mentor, pair), acts(mentee, pair)) == ([], [])


def acts(person, relationship):
    items = open_items_of(person, [relationship.pk])
    return [item.act for item in items if item.thing.kind == "agreements.agreement"]


def test_the_agreement_is_a_thing_for_its_members_alone(pair, mentor, stranger):
    from django.http import Http404

    thing = thing_for(mentor, "agreements.agreement", pair.pk)
    assert (thing.title, thing.address) == ("Your agreement", reverse("agreements:agreement", args=[pair.pk]))
    with pytest.raises(Http404):
        thing_for(stranger, "agreements.agreement", pair.pk)


def test_notices_say_who_and_where_and_nothing_that_was_written(in_force, mentor, mentee, mailoutbox):
    for notice in Notice.objects.order_by("pk"):
        function_of("notices.send")(notice_id=str(notice.pk))
    mails = {(mail.to[0], mail.subject): mail.body for mail in mailoutbox}
    assert set(mails) == {
        (mentee.email, "Mira Lindqvist has signed your agreement: your turn"),
        (mentor.email, "Your agreement is in force"),
        (mentee.email, "Your agreement is in force"),
    }
    assert all(f"/relationships/{in_force.pk}/agreement/" in body for body in mails.values())
    assert not any("planning" in body or "Pay" in body for body in mails.values())


def test_the_words_are_one_document_however_often_they_are_opened(pair, mentor, mentee):
    first = open_words(by=mentor, relationship=pair)
    assert open_words(by=mentee, relationship=pair).prose == first.prose
    assert Agreement.objects.count() == 1


def test_after_the_end_everything_is_read_and_nothing_written(as_mentor, in_force, mentor):
    from throughline.relationships.actions import end_relationship

    end_relationship(by=mentor, relationship=in_force)
    address = reverse("agreements:part", args=[in_force.pk, "review"])
    answer = as_mentor.post(address, {"stamp": 0, "first": "2026-12-31", "every_days": "90"})
    assert answer.status_code == 409
    assert "This mentoring relationship has ended." in answer.content.decode()
    assert queries.terms_in_force(in_force.pk) == TERMS
    assert as_mentor.get(reverse("agreements:agreement", args=[in_force.pk])).status_code == 200
    assert as_mentor.post(reverse("agreements:words", args=[in_force.pk])).status_code == 302
    assert Agreement.objects.get().prose is None
