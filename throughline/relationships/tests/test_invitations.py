"""Inviting and answering, through the pages that people use."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from throughline.foundation import clock
from throughline.notices.models import Notice
from throughline.relationships.actions import accept_invitation, invite, revoke_invitation, send_again
from throughline.relationships.actions.invitations import InvitationError
from throughline.relationships.domain.invitations import LASTS, Standing
from throughline.relationships.domain.roles import Role
from throughline.relationships.domain.states import State
from throughline.relationships.models import Invitation, InvitationLink, Membership
from throughline.relationships.queries import (
    link_path,
    newest_link_of,
    relationships_of,
    standing_of,
    unaccepted_invitations_of,
)

NOTE = "I admire your <b>work</b> & would like to learn."


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def for_tomas(mentor, mentee) -> Invitation:
    return invite(by=mentor, role=Role.MENTEE, email="Tomas@Example.org", note=NOTE)


@pytest.fixture
def by_link(mentor) -> Invitation:
    return invite(by=mentor, role=Role.MENTEE, note=NOTE)


def address(invitation: Invitation, act: str = "") -> str:
    return link_path(newest_link_of(invitation)) + act


def test_inviting_by_address_writes_a_mail_without_the_note(mentor) -> None:
    form = {"role": "mentee", "email": "new@example.org", "note": NOTE, "once": str(uuid4())}
    response = signed_in(mentor).post(reverse("relationships:invite"), form)
    made = Invitation.objects.get()
    assert response.headers["Location"] == reverse("relationships:asked", args=[made.pk])
    assert (made.email, made.role, made.note, str(made.pk)) == ("new@example.org", "mentee", NOTE, form["once"])
    notice = Notice.objects.get()
    assert (notice.kind, notice.email) == ("relationships.invitation", "new@example.org")
    assert relationships_of(mentor)[0].state is State.INVITED
    assert relationships_of(mentor)[0].role is Role.MENTOR


def test_a_double_click_is_one_invitation(mentor) -> None:
    form = {"role": "mentee", "email": "new@example.org", "note": "", "once": str(uuid4())}
    client = signed_in(mentor)
    pages = [client.post(reverse("relationships:invite"), form).headers["Location"] for _ in range(2)]
    assert pages[0] == pages[1]
    assert Invitation.objects.count() == Notice.objects.count() == 1


def test_the_same_once_of_somebody_else_takes_nothing_over(mentor, stranger) -> None:
    first = invite(by=mentor, role=Role.MENTEE)
    other = invite(by=stranger, role=Role.MENTEE, once=first.pk)
    assert other.pk != first.pk


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("email", "MIRA@example.org", "This is your own address. Mentoring takes two: write the other person&#39;s."),
        ("email", "no address", "This is no e-mail address. It looks like name@example.org."),
        ("email", "a" * 300 + "@example.org", "Ensure this value has at most 254 characters (it has 312)."),
        ("role", "king", "Choose one of the two: their mentor, or their mentee."),
        ("role", "", "Say whether you would be their mentor or their mentee."),
        ("note", "x" * 4001, "Ensure this value has at most 4000 characters (it has 4001)."),
        ("note", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_wrong_input_is_said_at_its_field_and_nothing_is_lost(mentor, field, value, sentence) -> None:
    form = {"role": "mentee", "email": "new@example.org", "note": "my words", "once": str(uuid4()), field: value}
    response = signed_in(mentor).post(reverse("relationships:invite"), form)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert field == "note" or "my words" in page
    assert Invitation.objects.count() == 0


def test_an_address_that_has_not_answered_is_not_invited_again(mentor, for_tomas) -> None:
    form = {"role": "mentee", "email": "tomas@example.org", "note": "", "once": str(uuid4())}
    response = signed_in(mentor).post(reverse("relationships:invite"), form)
    assert response.status_code == 422
    assert "Send that one again instead." in response.content.decode()


def test_a_tampered_once_is_as_good_as_none(mentor) -> None:
    form = {"role": "mentee", "email": "", "note": "", "once": "<script>"}
    assert signed_in(mentor).post(reverse("relationships:invite"), form).status_code == 302


def test_too_many_in_a_day_are_refused_with_a_sentence(mentor) -> None:
    for _ in range(40):
        invite(by=mentor, role=Role.MENTEE)
    with pytest.raises(InvitationError, match="as many as we send"):
        invite(by=mentor, role=Role.MENTEE)


def test_the_holder_sees_who_asks_and_what_comes_next(mentee, for_tomas) -> None:
    page = signed_in(mentee).get(address(for_tomas)).content.decode()
    assert "Mira Lindqvist would like to be your mentor" in page
    assert "I admire your &lt;b&gt;work&lt;/b&gt; &amp; would like to learn." in page


def test_somebody_signed_out_sees_who_asks_but_no_note_meant_for_one_address(client, for_tomas, by_link) -> None:
    page = client.get(address(for_tomas)).content.decode()
    assert "Mira Lindqvist would like to be your mentor" in page
    assert "I admire" not in page
    assert "t…@e….org" in page.replace("T…@E", "t…@e")
    assert f"/account/signup/?next={address(for_tomas)}" in page
    assert "I admire" in client.get(address(by_link)).content.decode()


def test_accepting_makes_a_pair_and_tells_the_inviter(mentor, mentee, for_tomas) -> None:
    response = signed_in(mentee).post(address(for_tomas, "accept/"))
    assert response.headers["Location"] == reverse("relationship", args=[for_tomas.relationship_id])
    [summary] = relationships_of(mentee)
    assert (summary.state, summary.role, summary.others[0].person_id) == (State.ACTIVE, Role.MENTEE, mentor.pk)
    assert Notice.objects.filter(kind="relationships.accepted", recipient=mentor).count() == 1


def test_accepting_twice_is_accepting_once(mentee, for_tomas) -> None:
    client = signed_in(mentee)
    pages = [client.post(address(for_tomas, "accept/")).headers["Location"] for _ in range(2)]
    assert pages == [reverse("relationship", args=[for_tomas.relationship_id])] * 2
    assert Membership.objects.filter(person=mentee).count() == 1
    assert Notice.objects.filter(kind="relationships.accepted").count() == 1
    assert client.get(address(for_tomas)).headers["Location"] == pages[0]


def test_a_wrong_account_is_told_so_without_the_address(stranger, for_tomas) -> None:
    client = signed_in(stranger)
    page = client.get(address(for_tomas))
    assert page.status_code == 403
    text = page.content.decode()
    assert "You are signed in as stranger@example.org. The invitation is for T…@E….org." in text
    assert "omas@" not in text
    assert "I admire" not in text
    assert "Mira" not in text
    client.post(address(for_tomas, "accept/"))
    client.post(address(for_tomas, "decline/"), {"reason": "mine now"})
    assert standing_of(newest_link_of(for_tomas)) is Standing.OPEN
    assert Membership.objects.filter(person=stranger).count() == 0


def test_nobody_accepts_their_own(mentor, by_link) -> None:
    client = signed_in(mentor)
    assert "This is your own invitation" in client.get(address(by_link)).content.decode()
    client.post(address(by_link, "accept/"))
    assert standing_of(newest_link_of(by_link)) is Standing.OPEN
    with pytest.raises(InvitationError, match="You made this invitation yourself"):
        accept_invitation(link=newest_link_of(by_link), by=mentor)


def test_a_link_works_once(mentee, stranger, by_link) -> None:
    signed_in(mentee).post(address(by_link, "accept/"))
    late = signed_in(stranger)
    assert late.post(address(by_link, "accept/")).headers["Location"] == address(by_link)
    page = late.get(address(by_link))
    assert page.status_code == 410
    assert "This invitation has been used" in page.content.decode()
    assert "Mira" not in page.content.decode()
    assert "Tom" not in page.content.decode()
    assert Membership.objects.filter(person=stranger).count() == 0


def test_declining_tells_the_inviter_the_reason(mentor, mentee, for_tomas) -> None:
    client = signed_in(mentee)
    client.post(address(for_tomas, "decline/"), {"reason": "No time <i>before</i> May"})
    client.post(address(for_tomas, "decline/"), {"reason": "again"})
    page = client.get(address(for_tomas))
    assert (page.status_code, "You declined this invitation" in page.content.decode()) == (410, True)
    asked = signed_in(mentor).get(reverse("relationships:asked", args=[for_tomas.pk])).content.decode()
    assert "No time &lt;i&gt;before&lt;/i&gt; May" in asked
    assert "again" not in asked.partition("Their reason")[2].partition("</dl>")[0]
    assert Notice.objects.filter(kind="relationships.declined").count() == 1
    client.post(address(for_tomas, "accept/"))
    assert relationships_of(mentee) == []


def test_a_reason_that_is_too_long_is_said_and_kept(mentee, for_tomas) -> None:
    response = signed_in(mentee).post(address(for_tomas, "decline/"), {"reason": "y" * 4001})
    assert response.status_code == 422
    assert "y" * 4001 in response.content.decode()


def test_a_link_runs_out_after_fourteen_days(mentee, for_tomas) -> None:
    with time_machine.travel(clock.now() + LASTS + timedelta(seconds=1), tick=False):
        page = signed_in(mentee).get(address(for_tomas))
        assert (page.status_code, "This invitation has run out" in page.content.decode()) == (410, True)
        assert "Ask Mira Lindqvist to send it again" in page.content.decode()
        signed_in(mentee).post(address(for_tomas, "accept/"))
        assert relationships_of(mentee) == []


def test_sending_again_replaces_the_link(mentor, mentee, for_tomas) -> None:
    old = address(for_tomas)
    signed_in(mentor).post(reverse("relationships:again", args=[for_tomas.pk]))
    assert address(for_tomas) != old
    page = signed_in(mentee).get(old)
    assert (page.status_code, "There is a newer link" in page.content.decode()) == (410, True)
    assert "Mira Lindqvist would like" in signed_in(mentee).get(address(for_tomas)).content.decode()
    assert Notice.objects.filter(kind="relationships.invitation").count() == 2


def test_an_invitation_can_be_taken_back_until_it_is_answered(mentor, mentee, for_tomas, by_link) -> None:
    client = signed_in(mentor)
    for _ in range(2):
        client.post(reverse("relationships:revoke", args=[for_tomas.pk]))
    assert "This invitation was taken back" in signed_in(mentee).get(address(for_tomas)).content.decode()
    signed_in(mentee).post(address(by_link, "accept/"))
    with pytest.raises(InvitationError, match="Too late"):
        revoke_invitation(invitation=by_link, by=mentor)
    with pytest.raises(InvitationError, match="already answered"):
        send_again(invitation=by_link, by=mentor)


@pytest.mark.parametrize("token", ["x", "ä" * 9, "A" * 43, "%00", "a" * 5000, "..", "<script>"])
def test_words_that_are_no_link_lead_nowhere(client, db, token) -> None:
    for act in ("invitation", "accept", "decline"):
        response = client.get(reverse(f"relationships:{act}", args=[token.replace("%00", "\x00")]))
        assert response.status_code in (404, 302)
    page = client.get(reverse("relationships:invitation", args=["nothing"]))
    assert (page.status_code, "This link leads nowhere" in page.content.decode()) == (404, True)


@pytest.mark.parametrize("name", ["asked", "again", "revoke"])
def test_a_stranger_finds_no_invitation_of_others(stranger, for_tomas, name) -> None:
    address = reverse(f"relationships:{name}", args=[for_tomas.pk])
    client = signed_in(stranger)
    assert (client.get if name == "asked" else client.post)(address).status_code == 404
    assert standing_of(newest_link_of(for_tomas)) is Standing.OPEN


def test_only_a_hash_of_the_token_and_sealed_bytes_are_stored(by_link) -> None:
    link = newest_link_of(by_link)
    raw = InvitationLink.objects.filter(pk=link.pk).values_list("digest", "token")[0]
    assert link.token not in bytes(raw[0]) + raw[1].content


def test_declined_and_taken_back_ones_can_be_deleted(mentor, mentee, for_tomas) -> None:
    client = signed_in(mentor)
    client.post(reverse("relationships:revoke", args=[for_tomas.pk]))
    assert client.post(reverse("relationships:delete", args=[for_tomas.relationship_id])).status_code == 302
    assert unaccepted_invitations_of(mentor) == []
    assert relationships_of(mentor) == []


def test_the_page_of_people_takes_as_many_queries_for_one_as_for_many(mentor, mentee) -> None:
    client, counted = signed_in(mentee), []
    for more in (1, 2, 16):
        for _ in range(more):
            accept_invitation(link=newest_link_of(invite(by=mentee, role=Role.MENTOR)), by=mentor)
            invite(by=mentee, role=Role.MENTOR)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("relationships:index")).status_code == 200
        counted.append(len(queries))
    assert counted == [counted[0]] * 3  # how many exactly depends on the rooms that register open items


def test_nobody_yet_is_said_with_what_to_do(mentor) -> None:
    page = signed_in(mentor).get(reverse("relationships:index")).content.decode()
    assert "Mentoring begins with one person asking another." in page
