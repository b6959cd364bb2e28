"""Both sign exactly what they read, or nothing is signed."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.urls import reverse

from throughline.accounts.access import Proof
from throughline.accounts.domain.channels import Channel
from throughline.agreements import queries
from throughline.agreements.access import NotNowError
from throughline.agreements.actions import (
    NotSignedError,
    save_part,
    sign_agreement,
    write_channel_rules_down,
)
from throughline.agreements.domain.descriptions import Clause
from throughline.agreements.domain.terms import Mode
from throughline.agreements.models import Signature, Version
from throughline.agreements.queries.draft import agreement_of
from throughline.agreements.queries.overview import Stage, overview_of
from throughline.agreements.signals import agreement_signed
from throughline.agreements.tests.conftest import CONFIDENTIALITY, OBJECTIVES, SCHEDULE, SIX, TERMS, shown_to, sign
from throughline.foundation import clock
from throughline.notices.actions import forget_channel_rules
from throughline.notices.domain.rules import Rule
from throughline.notices.models import Notice
from throughline.notices.queries import channel_rule_of
from throughline.relationships.queries import members_of

SHORTER = replace(SCHEDULE, minutes=25)


TICKED = [clause.value for clause in Clause]


def given():
    return {"proof": Proof("password", clock.now()), "acknowledged": tuple(Clause)}


@pytest.fixture
def heard():
    """What agreement_signed said, in order."""
    said = []

    def hear(sender, relationship_id, version_id, **kwargs):
        said.append((relationship_id, version_id))

    agreement_signed.connect(hear)
    yield said
    agreement_signed.disconnect(hear)


def notices():
    return sorted((notice.kind, notice.recipient.name) for notice in Notice.objects.select_related("recipient"))


def stage(person, relationship):
    return seen_by(person, relationship).stage


def seen_by(person, relationship):
    members, today = members_of(relationship.pk), clock.today_in(person.zone)
    return overview_of(agreement_of(relationship.pk), members, reader_id=person.pk, today=today)


def test_both_sign_one_version_and_it_is_in_force(draft, mentor, mentee, heard):
    assert (stage(mentor, draft), stage(mentee, draft)) == (Stage.READY, Stage.READY)
    first = sign(mentor, draft)
    assert (first.in_force, heard, queries.terms_in_force(draft.pk)) == (False, [], None)
    assert (stage(mentor, draft), stage(mentee, draft)) == (Stage.WAITING, Stage.YOUR_TURN)
    assert notices() == [("agreement.your-signature", mentee.name)]

    second = sign(mentee, draft)
    assert (second.in_force, second.version) == (True, first.version)
    assert heard == [(draft.pk, first.version.pk)]
    assert queries.terms_in_force(draft.pk) == TERMS
    summary = queries.version_in_force(draft.pk)
    assert (summary.version_id, summary.number, summary.digest) == (first.version.pk, 1, first.version.digest)
    assert stage(mentor, draft) is Stage.IN_FORCE
    assert notices() == sorted(
        [
            ("agreement.signed", mentor.name),
            ("agreement.signed", mentee.name),
            ("agreement.your-signature", mentee.name),
        ]
    )


def test_signing_twice_changes_nothing(in_force, mentor, heard):
    before = list(Signature.objects.values_list("pk", "at"))
    assert sign(mentor, in_force).in_force is True
    assert (list(Signature.objects.values_list("pk", "at")), heard, Version.objects.count()) == (before, [], 1)


def test_a_signature_holds_when_where_and_the_proof(draft, mentee):
    at = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        sign(mentee, draft)
    signature = Signature.objects.get()
    assert (signature.person, signature.at, signature.zone) == (mentee, at, "America/Los_Angeles")
    assert (signature.proof_method, signature.proof_at) == ("password", at)
    (line,) = queries.history_of(draft.pk)
    assert line.signatures[0].when == "Sun 22 Nov 2026, 10:30 Los Angeles time"


def test_an_edit_after_a_signature_asks_both_again(draft, mentor, mentee, heard):
    sign(mentor, draft)
    save_part(by=mentee, relationship=draft, part=SHORTER, stamp=1)
    page = seen_by(mentor, draft)
    assert (page.stage, page.undone, page.signed_by, page.in_force) == (Stage.READY, 1, (mentor.name,), None)
    assert sign(mentee, draft).in_force is False
    assert sign(mentor, draft).version.number == 2
    assert [line.number for line in queries.history_of(draft.pk) if line.in_force_at] == [2]
    assert queries.terms_in_force(draft.pk).schedule == SHORTER
    assert len(heard) == 1


def test_a_version_that_was_changed_does_not_come_back(draft, mentor, mentee):
    """Signed by one, changed and signed by the other, changed back: both sign anew."""
    sign(mentor, draft)
    save_part(by=mentee, relationship=draft, part=SHORTER, stamp=1)
    sign(mentee, draft)
    save_part(by=mentor, relationship=draft, part=SCHEDULE, stamp=2)
    assert sign(mentee, draft).in_force is False
    assert [line.number for line in queries.history_of(draft.pk)] == [3, 2, 1]
    assert sign(mentor, draft).version.number == 3


def test_an_edit_undone_before_anybody_signed_leaves_the_signature(draft, mentor, mentee):
    sign(mentor, draft)
    save_part(by=mentee, relationship=draft, part=SHORTER, stamp=1)
    save_part(by=mentee, relationship=draft, part=SCHEDULE, stamp=2)
    assert sign(mentee, draft).in_force is True


def test_the_version_in_force_stays_while_the_next_is_signed(in_force, mentor, mentee):
    save_part(by=mentee, relationship=in_force, part=SHORTER, stamp=1)
    sign(mentee, in_force)
    assert queries.terms_in_force(in_force.pk) == TERMS
    sign(mentor, in_force)
    assert queries.terms_in_force(in_force.pk).schedule == SHORTER
    assert [line.replaced for line in queries.history_of(in_force.pk)] == [False, True]


def test_the_digest_of_an_old_page_signs_nothing(draft, mentor, mentee):
    old = shown_to(mentor, draft).digest
    save_part(by=mentee, relationship=draft, part=SHORTER, stamp=1)
    with pytest.raises(NotSignedError):
        sign_agreement(by=mentor, relationship=draft, shown_digest=old, **given())
    assert (Version.objects.count(), Signature.objects.count(), notices()) == (0, 0, [])


@pytest.mark.parametrize("missing", range(6))
def test_nothing_is_signed_while_a_part_is_missing(pair, mentor, missing):
    for part in SIX[:missing] + SIX[missing + 1 :]:
        save_part(by=mentor, relationship=pair, part=part, stamp=0)
    with pytest.raises(NotSignedError) as refusal:
        sign_agreement(by=mentor, relationship=pair, shown_digest="", **given())
    assert len(refusal.value.candidate.obstacles) == 1
    assert Version.objects.count() == 0


def test_a_failure_in_what_follows_leaves_no_half_signature(draft, mentor, mentee):
    """As when the process is killed: signature, version, signal and notices stand or fall together."""
    sign(mentor, draft)

    def fail(sender, **kwargs):
        raise RuntimeError("planning failed")

    agreement_signed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            sign(mentee, draft)
    finally:
        agreement_signed.disconnect(fail)
    assert (Signature.objects.count(), queries.version_in_force(draft.pk)) == (1, None)
    assert notices() == [("agreement.your-signature", mentee.name)]
    assert sign(mentee, draft).in_force is True


def test_nobody_signs_alone(mentor):
    from throughline.relationships.actions import begin_relationship
    from throughline.relationships.domain.roles import Role

    alone = begin_relationship(by=mentor, role=Role.MENTOR)
    with pytest.raises(NotNowError):
        save_part(by=mentor, relationship=alone, part=OBJECTIVES, stamp=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_two_who_sign_at_once_make_one_version_that_is_in_force_once(draft, mentor, mentee, heard, turn):
    digest = shown_to(mentor, draft).digest
    start, results = threading.Barrier(2), []

    def press(person):
        start.wait()
        try:
            results.append(sign_agreement(by=person, relationship=draft, shown_digest=digest, **given()).in_force)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in (mentor, mentee)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == [False, True]
    assert (Version.objects.count(), Signature.objects.count(), len(heard)) == (1, 2, 1)


@pytest.mark.parametrize("change", ["content", "digest", "previous", "number"])
def test_a_changed_version_is_found_out(in_force, mentor, mentee, change):
    save_part(by=mentee, relationship=in_force, part=SHORTER, stamp=1)
    sign(mentee, in_force)
    assert queries.chain_holds(in_force.pk) is True
    version = Version.objects.get(number=1)
    values = {"content": version.content.replace("50", "55"), "digest": "0" * 64, "previous": "0" * 64, "number": 3}
    setattr(version, change, values[change])
    version.save()
    assert queries.chain_holds(in_force.pk) is False


def address(relationship):
    return reverse("agreements:sign", args=[relationship.pk])


@pytest.fixture
def proven(client, mentor):
    """A client that has just signed in with a password, through the page."""
    EmailAddress.objects.create(user=mentor, email=mentor.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": mentor.email, "password": "correct horse battery"})
    return client


def test_without_a_fresh_proof_one_is_asked_and_nothing_signed(as_mentor, draft, mentor):
    answer = as_mentor.post(address(draft), {"digest": shown_to(mentor, draft).digest})
    assert answer.status_code == 302
    assert answer.url == reverse("accounts:prove") + "?next=" + address(draft).replace("/", "%2F")
    assert Signature.objects.count() == 0


def test_the_page_signs_what_it_showed(proven, draft, mentor):
    shown = shown_to(mentor, draft)
    assert shown.digest in proven.get(address(draft)).content.decode()
    answer = proven.post(
        address(draft), {"digest": shown.digest, "shown": shown.content.text(), "acknowledged": TICKED}
    )
    assert (answer.status_code, Signature.objects.get().proof_method) == (302, "password")


def test_the_page_shows_what_changed_and_signs_nothing(proven, draft, mentor, mentee):
    shown = shown_to(mentor, draft)
    save_part(by=mentee, relationship=draft, part=SHORTER, stamp=1)
    answer = proven.post(
        address(draft), {"digest": shown.digest, "shown": shown.content.text(), "acknowledged": TICKED}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was signed." in page
    assert "50 minutes, from 1 Dec 2026.</del>" in page
    assert "25 minutes, from 1 Dec 2026.</ins>" in page
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [{}, {"digest": ""}, {"digest": "é" * 9000}, {"digest": "0" * 64, "shown": "<script>alert(1)</script>"}],
)
def test_a_hostile_digest_signs_nothing(proven, draft, data):
    answer = proven.post(address(draft), data)
    assert answer.status_code == 409
    assert "<script>alert" not in answer.content.decode()
    assert Version.objects.count() == 0


def test_a_proof_by_password_leads_back_to_the_page_and_signs(as_mentor, draft, mentor):
    """From pressing the button without a fresh proof, through the page that asks, to the signature."""
    EmailAddress.objects.create(user=mentor, email=mentor.email, verified=True, primary=True)
    shown = shown_to(mentor, draft)
    signing = {"digest": shown.digest, "shown": shown.content.text(), "acknowledged": TICKED}
    asked = as_mentor.post(address(draft), signing, follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    assert f'value="{address(draft)}"' in asked.content.decode()
    wrong = as_mentor.post(reverse("account_reauthenticate"), {"password": "wrong", "next": address(draft)})
    assert f'value="{address(draft)}"' in wrong.content.decode()
    back = as_mentor.post(
        reverse("account_reauthenticate"), {"password": "correct horse battery", "next": address(draft)}
    )
    assert (back.status_code, back.url) == (302, address(draft))
    assert as_mentor.post(address(draft), signing).url == reverse("agreements:agreement", args=[draft.pk])
    assert Signature.objects.get().proof_method == "password"


def test_signing_writes_down_how_notices_reach_each(in_force, mentor, mentee):
    """The quick ways with their fallback, and that what is supervised never travels by mail."""
    agreed = Rule((Channel.MESSAGE, Channel.EMAIL), bodies=True)
    assert [channel_rule_of(in_force.pk, person.pk) for person in (mentor, mentee)] == [agreed, agreed]
    watched = replace(CONFIDENTIALITY, mode=Mode.SUPERVISED)
    save_part(by=mentor, relationship=in_force, part=watched, stamp=1)
    sign(mentor, in_force)
    assert channel_rule_of(in_force.pk, mentor.pk) == agreed
    sign(mentee, in_force)
    assert channel_rule_of(in_force.pk, mentor.pk) == replace(agreed, bodies=False)


def test_what_was_signed_before_notices_followed_it_is_written_down_later(in_force, mentor):
    forget_channel_rules(relationship_id=in_force.pk)
    write_channel_rules_down()
    write_channel_rules_down()
    assert channel_rule_of(in_force.pk, mentor.pk) == Rule((Channel.MESSAGE, Channel.EMAIL), bodies=True)
