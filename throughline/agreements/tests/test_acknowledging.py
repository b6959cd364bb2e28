"""What stays between people is acknowledged clause by clause by each who signs, or nothing is signed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from throughline.accounts.access import Proof
from throughline.agreements import queries
from throughline.agreements.actions import (
    NotAcknowledgedError,
    agree_to_change,
    make_paper,
    propose_change,
    save_part,
    sign_agreement,
)
from throughline.agreements.domain.acknowledging import clauses_in, clauses_that_change
from throughline.agreements.domain.descriptions import Clause
from throughline.agreements.domain.terms import Confidentiality, Mode, Notes
from throughline.agreements.models import Assent, Signature, Version
from throughline.agreements.queries.paper import attachments_of, page_values_of
from throughline.agreements.queries.proposals import outcome_of
from throughline.agreements.tests.conftest import CONFIDENTIALITY, SCHEDULE, shown_to, sign
from throughline.agreements.tests.page import Page
from throughline.foundation import clock

ALL = [clause.value for clause in Clause]
SHORTER = replace(SCHEDULE, minutes=25)
SILENT = replace(CONFIDENTIALITY, notes=Notes.NONE, off_limits="Pay and health")


def proof():
    return Proof("password", clock.now())


@pytest.fixture
def proven(client, mentor):
    EmailAddress.objects.create(user=mentor, email=mentor.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": mentor.email, "password": "correct horse battery"})
    return client


def address(relationship):
    return reverse("agreements:sign", args=[relationship.pk])


def test_only_the_clauses_that_a_text_holds_are_asked_for():
    old = Confidentiality(Mode.PRIVATE, "", "", None, None, None, None)
    assert clauses_in(CONFIDENTIALITY) == tuple(Clause)
    assert clauses_in(old) == (Clause.MODE, Clause.OFF_LIMITS, Clause.MAY_BE_TOLD)
    assert clauses_that_change(CONFIDENTIALITY, CONFIDENTIALITY, ALL) == ()
    assert clauses_that_change(CONFIDENTIALITY, SILENT, ALL) == (Clause.OFF_LIMITS, Clause.NOTES)
    assert clauses_that_change(CONFIDENTIALITY, CONFIDENTIALITY, ()) == tuple(Clause)


def test_nothing_is_signed_while_a_clause_is_not_acknowledged(draft, mentor):
    given = {"shown_digest": shown_to(mentor, draft).digest, "proof": proof()}
    with pytest.raises(NotAcknowledgedError) as refusal:
        sign_agreement(by=mentor, relationship=draft, acknowledged=[Clause.MODE, Clause.AT_END], **given)
    assert refusal.value.missing == set(Clause) - {Clause.MODE, Clause.AT_END}
    assert (Version.objects.count(), Signature.objects.count()) == (0, 0)


def test_who_acknowledged_what_is_stored_and_shown(in_force, mentor):
    assert list(Signature.objects.values_list("acknowledged", flat=True)) == [ALL, ALL]
    (line,) = queries.history_of(in_force.pk)
    assert [signature.acknowledged for signature in line.signatures] == [7, 7]
    version = Version.objects.get()
    assert attachments_of(version)["signatures.json"].count('"acknowledged":["mode","off_limits"') == 2
    assert "acknowledged clause by clause (7)" in page_values_of(version)["signatures"][0]["proof"]
    assert make_paper(by=mentor, relationship_id=in_force.pk, number=1).sha256


def test_what_was_signed_before_says_nothing_of_it(in_force, as_mentor):
    Signature.objects.update(acknowledged=None)
    (line,) = queries.history_of(in_force.pk)
    assert [signature.acknowledged for signature in line.signatures] == [None, None]
    version = Version.objects.get()
    assert "acknowledged" not in attachments_of(version)["signatures.json"]
    assert page_values_of(version)["signatures"][0]["proof"] == "proved by password"
    assert "acknowledged" not in as_mentor.get(reverse("agreements:history", args=[in_force.pk])).content.decode()


def test_the_page_keeps_the_ticks_that_were_made_and_says_which_are_open(proven, draft, mentor):
    assert Page(proven.get(address(draft))).fields.get("acknowledged") is None
    shown = shown_to(mentor, draft)
    sent = {"digest": shown.digest, "shown": shown.text, "acknowledged": [*ALL[:5], "<script>"]}
    answer = proven.post(address(draft), sent)
    assert (answer.status_code, Signature.objects.count()) == (422, 0)
    assert Page(answer).fields["acknowledged"] == ALL[:5]
    assert "2 of these still wait for your tick" in answer.content.decode()
    assert answer.content.decode().count('aria-invalid="true"') == 2
    assert proven.post(address(draft), {**sent, "acknowledged": ALL}).status_code == 302
    assert Signature.objects.get().acknowledged == ALL


def test_ticks_survive_the_question_who_somebody_is_for_the_same_text_alone(as_mentor, draft, mentor, mentee):
    sent = {"digest": shown_to(mentor, draft).digest, "acknowledged": ALL[:3]}
    assert as_mentor.post(address(draft), sent).url.startswith(reverse("accounts:prove"))
    assert Page(as_mentor.get(address(draft))).fields["acknowledged"] == ALL[:3]
    save_part(by=mentee, relationship=draft, part=SHORTER, stamp=1)
    assert "acknowledged" not in Page(as_mentor.get(address(draft))).fields


def test_a_change_of_something_else_takes_the_acknowledgement_along(in_force, mentor, mentee):
    made = propose_change(by=mentor, relationship=in_force, part=SHORTER, reason="So", proof=proof())
    assert Assent.objects.get().acknowledged == ALL
    digest = outcome_of(made.agreement, made.kind, SHORTER).digest
    assert agree_to_change(by=mentee, relationship=in_force, proposal_id=made.pk, shown_digest=digest, proof=proof())
    assert list(Signature.objects.values_list("acknowledged", flat=True)) == [ALL] * 4


def test_a_change_of_a_clause_is_acknowledged_by_each(proven, in_force, mentor, mentee):
    """Its author ticks it on the proposal's page; proposing alone signs nothing in advance then."""
    made = propose_change(by=mentor, relationship=in_force, part=SILENT, reason="So", proof=proof())
    assert Assent.objects.count() == 0
    place = reverse("agreements:proposal", args=[in_force.pk, made.pk])
    shown = proven.get(place).content.decode()
    assert shown.count('name="acknowledged"') == 2
    digest = outcome_of(made.agreement, made.kind, SILENT).digest
    refused = proven.post(place, {"act": "agree", "digest": digest, "acknowledged": ["notes"]})
    assert (refused.status_code, Assent.objects.count(), Page(refused).fields["acknowledged"]) == (422, 0, ["notes"])
    proven.post(place, {"act": "agree", "digest": digest, "acknowledged": ["notes", "off_limits"]})
    given = {"by": mentee, "relationship": in_force, "proposal_id": made.pk, "shown_digest": digest, "proof": proof()}
    with pytest.raises(NotAcknowledgedError):
        agree_to_change(**given)
    assert agree_to_change(**given, acknowledged=[Clause.NOTES, Clause.OFF_LIMITS]).number == 2
    assert list(Signature.objects.values_list("acknowledged", flat=True)) == [ALL] * 4


def test_an_older_signature_is_asked_for_each_with_the_next_change(proven, in_force, mentor):
    """The page says beforehand what proposing does: with a newer signature it signs, with an older one it asks."""
    form = reverse("agreements:propose", args=[in_force.pk, "schedule"])
    assert "By proposing you sign it too" in proven.get(form).content.decode()
    Signature.objects.update(acknowledged=None)
    page = proven.get(form).content.decode()
    assert ("you sign it too" in page, "Propose and sign" in page) == (False, False)
    assert "The next page asks you for those ticks once" in page
    made = propose_change(by=mentor, relationship=in_force, part=SHORTER, reason="So", proof=proof())
    assert Assent.objects.count() == 0
    asks = proven.get(reverse("agreements:proposal", args=[in_force.pk, made.pk])).content.decode()
    assert asks.count('name="acknowledged"') == len(ALL)


def test_everybody_who_has_signed_counts_for_the_practices(draft, mentor, mentee):
    people = [mentor.pk, mentee.pk]
    sign(mentor, draft)
    assert queries.framing_of(draft.pk, clock.now()).acknowledged_by(people) is False
    sign(mentee, draft)
    assert queries.framing_of(draft.pk, clock.now()).acknowledged_by(people) is True
