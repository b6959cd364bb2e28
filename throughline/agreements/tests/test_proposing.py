"""One term is changed by both, or not at all; what is in force stays until then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from throughline.accounts.access import Proof
from throughline.agreements import queries
from throughline.agreements.access import NotNowError
from throughline.agreements.actions import (
    ClosedError,
    NothingNewError,
    StaleError,
    UnfitError,
    agree_to_change,
    decline_change,
    propose_change,
    save_part,
    withdraw_change,
)
from throughline.agreements.domain.terms import PartKind, Review
from throughline.agreements.models import Assent, Proposal, ProposalEnd, Signature, Version
from throughline.agreements.queries.draft import draft_of
from throughline.agreements.queries.proposals import proposal_page_of, proposals_of
from throughline.agreements.tests.conftest import REVIEW, SCHEDULE, TERMS, sign
from throughline.agreements.tests.page import Page
from throughline.foundation import clock
from throughline.notices.models import Notice
from throughline.relationships.actions import end_relationship
from throughline.relationships.queries import members_of
from throughline.relationships.things import open_items_of

SHORTER, LONGER = replace(SCHEDULE, minutes=25), replace(SCHEDULE, minutes=60)
LATER = Review(REVIEW.first, 90)


def proof():
    return Proof("password", clock.now())


def propose(person, pair, part=SHORTER, *, signed=True, **more):
    given = {"reason": "Evenings are short", "proof": proof() if signed else None, **more}
    return propose_change(by=person, relationship=pair, part=part, **given)


def page(proposal, person):
    members = members_of(proposal.relationship_id)
    return proposal_page_of(Proposal.objects.get(pk=proposal.pk), reader_id=person.pk, members=members)


def agree(person, pair, proposal, digest=""):
    shown = digest or page(proposal, person).digest
    return agree_to_change(by=person, relationship=pair, proposal_id=proposal.pk, shown_digest=shown, proof=proof())


def acts(person, pair):
    return [item.act for item in open_items_of(person, [pair.pk])]


def kinds():
    return sorted((notice.kind, notice.recipient.name) for notice in Notice.objects.select_related("recipient"))


def test_what_was_proposed_and_signed_is_in_force_when_the_other_accepts(in_force, mentor, mentee):
    made = propose(mentor, in_force)
    assert (queries.terms_in_force(in_force.pk), Version.objects.count()) == (TERMS, 1)
    assert (acts(mentor, in_force), acts(mentee, in_force)) == (
        [],
        ["Mira Lindqvist proposes a change to your agreement"],
    )
    assert ("agreement.proposed", mentee.name) in kinds()

    version = agree(mentee, in_force, made)
    assert queries.terms_in_force(in_force.pk) == replace(TERMS, schedule=SHORTER)
    assert (version.number, version.previous) == (2, Version.objects.get(number=1).digest)
    assert queries.chain_holds(in_force.pk)
    signed = {row.person_id: row for row in Signature.objects.filter(version=version)}
    assents = {row.person_id: row for row in Assent.objects.all()}
    assert set(signed) == set(assents) == {mentor.pk, mentee.pk}
    assert all((signed[key].at, signed[key].zone) == (assents[key].at, assents[key].zone) for key in signed)
    assert (acts(mentor, in_force), acts(mentee, in_force)) == ([], [])
    assert draft_of(in_force.pk)[PartKind.SCHEDULE].part == SHORTER
    assert kinds().count(("agreement.signed", mentor.name)) == 2


def test_without_a_proof_its_author_signs_afterwards(in_force, mentor, mentee):
    made = propose(mentor, in_force, signed=False)
    assert acts(mentor, in_force) == ["Sign the change that you proposed"]
    assert agree(mentee, in_force, made) is None
    assert ("agreement.proposal-answered", mentor.name) in kinds()
    assert queries.terms_in_force(in_force.pk) == TERMS
    assert agree(mentor, in_force, made).number == 2


def test_agreeing_twice_is_once_and_proposing_twice_too(in_force, mentor, mentee):
    made = propose(mentor, in_force, signed=False)
    assert propose(mentor, in_force) == made
    agree(mentee, in_force, made)
    agree(mentee, in_force, made)
    assert (Assent.objects.count(), kinds().count(("agreement.proposal-answered", mentor.name))) == (1, 1)


def test_declined_with_words_everything_stays(in_force, mentor, mentee):
    made = propose(mentor, in_force)
    decline_change(by=mentee, relationship=in_force, proposal_id=made.pk, words="I need the hour")
    assert (queries.terms_in_force(in_force.pk), Version.objects.count()) == (TERMS, 1)
    assert (page(made, mentor).words, page(made, mentor).line.how) == ("I need the hour", "declined")
    with pytest.raises(ClosedError):
        agree(mentee, in_force, made, digest=page(made, mentee).digest)
    with pytest.raises(ClosedError):
        withdraw_change(by=mentor, relationship=in_force, proposal_id=made.pk)


def test_answered_with_another_proposal(in_force, mentor, mentee):
    made = propose(mentor, in_force)
    other = propose(mentee, in_force, LONGER, counters_id=made.pk)
    assert (page(made, mentor).line.how, page(made, mentor).countered_by) == ("countered", other.pk)
    assert agree(mentor, in_force, other).number == 2
    assert queries.terms_in_force(in_force.pk).schedule == LONGER


def test_only_its_author_takes_it_back(in_force, mentor, mentee):
    made = propose(mentor, in_force)
    with pytest.raises(ClosedError):
        withdraw_change(by=mentee, relationship=in_force, proposal_id=made.pk)
    withdraw_change(by=mentor, relationship=in_force, proposal_id=made.pk)
    assert ProposalEnd.objects.get().how == "withdrawn"


def test_two_proposals_for_one_term(in_force, mentor, mentee):
    """Each shows the other; once one is in force the other shows what changed, and nobody's old signature counts."""
    first, second = propose(mentor, in_force, SHORTER), propose(mentee, in_force, LONGER)
    assert [rival.id for rival in page(first, mentee).rivals] == [second.pk]
    stale = page(second, mentor).digest
    agree(mentee, in_force, first)
    seen = page(second, mentor)
    assert (seen.moved, seen.base_number, seen.now_number, seen.before_that) == (True, 1, 2, (mentee.name,))
    assert "25 minutes" in seen.between[0].added[0]
    assert ("25 minutes" in seen.changes[0].removed[0], "60 minutes" in seen.changes[0].added[0]) == (True, True)
    with pytest.raises(StaleError):
        agree(mentor, in_force, second, digest=stale)
    assert acts(mentee, in_force) == ["Sign the change that you proposed"]
    assert agree(mentor, in_force, second) is None
    assert agree(mentee, in_force, second).number == 3
    assert queries.chain_holds(in_force.pk)


def test_changes_of_two_terms_stand_on_each_other(in_force, mentor, mentee):
    first, second = propose(mentor, in_force, SHORTER), propose(mentor, in_force, LATER)
    agree(mentee, in_force, first)
    agree(mentee, in_force, second)
    agree(mentor, in_force, second)
    assert queries.terms_in_force(in_force.pk) == replace(TERMS, schedule=SHORTER, review=LATER)


def test_a_draft_of_the_same_part_stays_a_draft(in_force, mentor, mentee):
    save_part(by=mentee, relationship=in_force, part=LONGER, stamp=1)
    agree(mentee, in_force, propose(mentor, in_force))
    assert draft_of(in_force.pk)[PartKind.SCHEDULE].part == LONGER
    sign(mentor, in_force)
    sign(mentee, in_force)
    assert queries.terms_in_force(in_force.pk).schedule == LONGER
    assert queries.chain_holds(in_force.pk)


def test_nothing_new_and_nothing_in_force_is_said(draft, mentor, mentee):
    with pytest.raises(NothingNewError):
        propose(mentor, draft)
    sign(mentor, draft)
    sign(mentee, draft)
    with pytest.raises(NothingNewError):
        propose(mentor, draft, SCHEDULE)
    with pytest.raises(UnfitError):
        propose(mentor, draft, Review(SCHEDULE.first.replace(year=2025), 180))
    assert Proposal.objects.count() == 0


def test_when_somebody_ends_the_relationship_a_proposal_can_only_be_read(client, in_force, mentor, mentee):
    made = propose(mentor, in_force)
    end_relationship(relationship=in_force, by=mentee)
    with pytest.raises(NotNowError):
        agree(mentee, in_force, made)
    client.force_login(mentor)
    shown = client.get(reverse("agreements:proposal", args=[in_force.pk, made.pk])).content.decode()
    assert ("has ended" in shown, "Take it back" in shown) == (True, False)


def test_a_failure_in_what_follows_leaves_the_proposal_open(in_force, mentor, mentee):
    from throughline.agreements.signals import agreement_signed

    made = propose(mentor, in_force)

    def fail(sender, **kwargs):
        raise RuntimeError("planning failed")

    agreement_signed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            agree(mentee, in_force, made)
    finally:
        agreement_signed.disconnect(fail)
    assert (Version.objects.count(), Assent.objects.count(), page(made, mentee).open) == (1, 1, True)


def test_the_pages_from_proposal_to_force(client, in_force, mentor, mentee, stranger):
    client.force_login(mentor)
    address = reverse("agreements:propose", args=[in_force.pk, "responses"])
    values = {name: value for name, value in Page(client.get(address)).fields.items() if name}
    nothing = client.post(address, {**values, "mentee_amount": 9})
    assert (nothing.status_code, "Say in a sentence why" in nothing.content.decode()) == (422, True)
    same = client.post(address, {**values, "reason": "no"})
    assert (same.status_code, "in force already" in same.content.decode()) == (409, True)
    made = client.post(address, {**values, "mentee_amount": 9, "reason": "Nine is honest"})
    proposal = Proposal.objects.get()
    place = reverse("agreements:proposal", args=[in_force.pk, proposal.pk])
    assert (made.status_code, made.url) == (302, place)
    assert "You would change" in client.get(place).content.decode()
    assert client.get(reverse("agreements:proposals", args=[in_force.pk])).status_code == 200

    client.force_login(mentee)
    assert "Nine is honest" in client.get(place).content.decode()
    asked = client.post(place, {"act": "agree", "digest": "x"})
    assert asked.url.startswith(reverse("accounts:prove"))
    declined = client.post(place, {"act": "decline", "words": "Let us talk"}, follow=True).content.decode()
    assert ("Let us talk" in declined, "has declined it" in declined) == (True, True)
    again = client.post(place, {"act": "decline", "words": "twice"}, follow=True).content.decode()
    assert "Somebody has answered this proposal" in again

    client.force_login(stranger)
    for path in (place, address, reverse("agreements:proposals", args=[in_force.pk])):
        assert {client.get(path).status_code, client.post(path).status_code} <= {404, 405}


def test_a_page_of_proposals_costs_the_same_with_one_and_with_many(
    client, in_force, mentor, mentee, django_assert_max_num_queries
):
    def spent(path):
        with django_assert_max_num_queries(40) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    client.force_login(mentor)
    first = propose(mentor, in_force)
    addresses = [
        reverse("agreements:proposals", args=[in_force.pk]),
        reverse("agreements:agreement", args=[in_force.pk]),
        reverse("agreements:proposal", args=[in_force.pk, first.pk]),
    ]
    one = [spent(path) for path in addresses]
    for minutes in (30, 35, 40):
        propose(mentee, in_force, replace(SCHEDULE, minutes=minutes))
    assert [spent(path) for path in addresses] == one
    assert len(proposals_of(in_force.pk)) == 4
