"""The words of this room's mails: who and a link, never what somebody wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from throughline.foundation import clock
from throughline.foundation.jobs.runner import run_ready
from throughline.relationships.actions import (
    accept_invitation,
    accept_pause,
    close_pause,
    decline_invitation,
    end_relationship,
    invite,
    propose_pause,
)
from throughline.relationships.domain.roles import Role
from throughline.relationships.queries import link_path, newest_link_of

SECRET = "words for one reader"


@pytest.fixture
def post(settings, monkeypatch):
    """Everything is sent at once, whatever the hour."""
    monkeypatch.setattr("throughline.notices.actions.sending.right_time", lambda at, *_terms, **_more: at)

    def deliver() -> list[tuple[str, str]]:
        mail.outbox.clear()
        run_ready()
        assert all(SECRET not in str(message.message()) for message in mail.outbox)
        return [(message.to[0], message.subject) for message in mail.outbox]

    return deliver


def test_an_invitation_carries_its_link_and_not_the_note(mentor, post) -> None:
    made = invite(by=mentor, role=Role.MENTOR, email="new@example.org", note=SECRET)
    assert post() == [("new@example.org", "Mira Lindqvist invites you to mentoring")]
    body = mail.outbox[0].body
    assert link_path(newest_link_of(made)) in body
    assert "Mira Lindqvist asks you to be their mentor." in body
    assert "good for 14 days" in body


def test_the_inviter_hears_of_yes_and_no(mentor, mentee, post) -> None:
    yes, no = [invite(by=mentor, role=Role.MENTEE, note=SECRET) for _ in range(2)]
    accept_invitation(link=newest_link_of(yes), by=mentee)
    decline_invitation(link=newest_link_of(no), by=mentee, reason=SECRET)
    assert post() == [
        ("mira@example.org", "Tomás Rivera accepted your invitation"),
        ("mira@example.org", "Tomás Rivera declined your invitation"),
    ]


def test_each_step_of_a_pause_and_the_end_are_told(pair, mentor, mentee, post) -> None:
    day = clock.today_in(mentor.zone) + timedelta(days=2)

    def proposed():
        return propose_pause(relationship=pair, by=mentor, first_day=day, last_day=day, reason=SECRET)

    close_pause(pause=proposed(), by=mentee)
    pause = proposed()
    accept_pause(pause=pause, by=mentee)
    close_pause(pause=pause, by=mentor)
    end_relationship(relationship=pair, by=mentor, reflection=SECRET)
    to_mentor, to_mentee = "mira@example.org", "tomas@example.org"
    assert post() == [
        (to_mentee, "Mira Lindqvist proposes a pause"),
        (to_mentor, "No pause for now"),
        (to_mentee, "Mira Lindqvist proposes a pause"),
        (to_mentor, "Your pause is agreed"),
        (to_mentee, "Mira Lindqvist ended the pause"),
        (to_mentee, "Mira Lindqvist has ended your mentoring relationship"),
    ]
