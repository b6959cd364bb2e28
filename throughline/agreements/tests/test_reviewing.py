"""On its date both look at the agreement again, and confirm or amend it; nobody is told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from throughline.accounts.access import Proof
from throughline.agreements.actions import NotShownError, agree_to_change, confirm_agreement, propose_change
from throughline.agreements.domain.terms import Review as ReviewTerms
from throughline.agreements.jobs import reviews
from throughline.agreements.models import Confirmation, Review, Version
from throughline.agreements.queries.proposals import outcome_of
from throughline.agreements.queries.reviews import review_page_of
from throughline.agreements.tests.conftest import REVIEW, sign
from throughline.agreements.tests.test_proposing import SHORTER
from throughline.foundation import clock
from throughline.notices.models import Notice
from throughline.relationships.queries import members_of
from throughline.relationships.things import open_items_of

SIGNED = datetime(2026, 11, 22, 12, tzinfo=UTC)
DUE = datetime(2026, 12, 31, 12, tzinfo=UTC)
QUERIES = 43
ASK = "Look at your agreement: is it still right?"


@pytest.fixture
def agreed(draft, mentor, mentee):
    with time_machine.travel(SIGNED, tick=False):
        sign(mentor, draft)
        sign(mentee, draft)
    return draft


def confirm(person, pair):
    digest = Version.objects.filter(in_force_at__isnull=False).order_by("-number")[0].digest
    proof = Proof("password", clock.now())
    return confirm_agreement(by=person, relationship=pair, shown_digest=digest, proof=proof)


def amend(pair, mentor, mentee, part=SHORTER):
    proof = Proof("password", clock.now())
    made = propose_change(by=mentor, relationship=pair, part=part, reason="So", proof=proof)
    digest = outcome_of(made.agreement, made.kind, part).digest
    agree_to_change(by=mentee, relationship=pair, proposal_id=made.pk, shown_digest=digest, proof=proof)


def acts(person, pair):
    return [item.act for item in open_items_of(person, [pair.pk])]


def dates():
    return list(Review.objects.order_by("made_at").values_list("due_on", "how"))


def test_both_confirm_and_the_next_date_follows(agreed, mentor, mentee):
    assert dates() == [(REVIEW.first, "")]
    with time_machine.travel(DUE, tick=False):
        assert (acts(mentor, agreed), acts(mentee, agreed)) == ([ASK], [ASK])
        assert confirm(mentor, agreed) is None
        assert (acts(mentor, agreed), acts(mentee, agreed)) == ([], [ASK])
        confirm(mentor, agreed)
        assert confirm(mentee, agreed) == date(2027, 6, 29)
        assert (acts(mentor, agreed), acts(mentee, agreed)) == ([], [])
    assert dates() == [(REVIEW.first, "confirmed"), (date(2027, 6, 29), "")]
    row = Confirmation.objects.get(person=mentee)
    assert (row.zone, row.proof_method, row.at) == ("America/Los_Angeles", "password", DUE)


def test_before_it_is_near_nothing_is_asked_or_confirmed(agreed, mentor):
    with time_machine.travel(DUE - timedelta(days=8), tick=False):
        assert acts(mentor, agreed) == []
        with pytest.raises(NotShownError):
            confirm(mentor, agreed)
    with time_machine.travel(DUE - timedelta(days=7), tick=False):
        confirm(mentor, agreed)
    assert Confirmation.objects.count() == 1


def test_amending_on_the_date_is_looking_at_it(agreed, mentor, mentee):
    with time_machine.travel(DUE, tick=False):
        confirm(mentor, agreed)
        amend(agreed, mentor, mentee)
        assert acts(mentor, agreed) == []
    assert dates() == [(REVIEW.first, "amended"), (date(2027, 6, 29), "")]


def test_amending_before_moves_the_date_only_when_the_date_is_amended(agreed, mentor, mentee):
    with time_machine.travel(SIGNED + timedelta(days=2), tick=False):
        amend(agreed, mentor, mentee)
        assert dates() == [(REVIEW.first, "")]
        amend(agreed, mentor, mentee, ReviewTerms(date(2027, 1, 20), 90))
    assert dates() == [(date(2027, 1, 20), "")]


def test_a_page_that_is_stale_confirms_nothing(agreed, mentor, mentee):
    old = Version.objects.get().digest
    with time_machine.travel(DUE - timedelta(days=2), tick=False):
        amend(agreed, mentor, mentee)
        proof = Proof("password", clock.now())
        with pytest.raises(NotShownError):
            confirm_agreement(by=mentor, relationship=agreed, shown_digest=old, proof=proof)


def test_everybody_is_told_once_and_older_agreements_get_a_date(agreed):
    def told():
        return Notice.objects.filter(kind="agreement.review-due").count()

    Review.objects.all().delete()
    with time_machine.travel(SIGNED + timedelta(days=1), tick=False):
        reviews()
        assert (dates(), told()) == ([(REVIEW.first, "")], 0)
    for day in range(3):
        with time_machine.travel(DUE + timedelta(days=day), tick=False):
            reviews()
            assert told() == 2


def test_the_page_shows_what_happened_beside_what_was_agreed(client, agreed, mentor, mentee, stranger):
    address = reverse("agreements:review", args=[agreed.pk])
    client.force_login(mentor)
    with time_machine.travel(DUE, tick=False):
        client.force_login(mentor)
        page = client.get(address).content.decode()
        assert ("Still right, all of it?" in page, "Protected time" in page, "in time" in page) == (True, True, True)
        assert client.post(address, {"digest": "x"}).url.startswith(reverse("accounts:prove"))
        client.force_login(stranger)
        assert {client.get(address).status_code, client.post(address).status_code} == {404}
    with time_machine.travel(SIGNED + timedelta(days=1), tick=False):
        client.force_login(mentee)
        assert "The next look is on" in client.get(address).content.decode()


def test_the_page_costs_the_same_with_one_version_and_with_many(
    client, agreed, mentor, mentee, django_assert_num_queries
):
    address = reverse("agreements:review", args=[agreed.pk])
    with time_machine.travel(DUE, tick=False):
        client.force_login(mentor)
        client.get(address)  # the relationship's key is now in memory
        with django_assert_num_queries(QUERIES):
            assert client.get(address).status_code == 200
        for minutes in (30, 35, 40):
            amend(agreed, mentor, mentee, replace(SHORTER, minutes=minutes))
        with django_assert_num_queries(QUERIES):
            assert client.get(address).status_code == 200


def test_without_an_agreement_the_page_leads_to_it(client, pair, mentor):
    client.force_login(mentor)
    answer = client.get(reverse("agreements:review", args=[pair.pk]))
    assert answer.url == reverse("agreements:agreement", args=[pair.pk])
    assert review_page_of(None, reader_id=mentor.pk, members=members_of(pair.pk)) is None
