"""Who is away is told by mail: once for a burst, without a word of what it says, and not if they came meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from throughline.foundation.jobs.runner import run_ready
from throughline.messaging.actions import mark_seen, send_message
from throughline.messaging.models import Waiting

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 18, 18, tzinfo=UTC)  # ten in the morning in Los Angeles, seven in the evening in Berlin


def _send(pair, by, text="A secret of ours"):
    return send_message(relationship=pair, by=by, client_id=uuid4(), text=text)


def _mails(mailoutbox, moving, minutes):
    """Who was mailed within the next minutes."""
    mailoutbox.clear()
    moving.shift(timedelta(minutes=minutes))
    run_ready()
    return [address for mail in mailoutbox for address in mail.to]


@pytest.fixture
def moving():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def test_a_burst_is_told_of_once_until_it_was_seen(pair, mentor, mentee, mailoutbox, moving):
    _send(pair, mentor)
    assert _mails(mailoutbox, moving, 4) == []
    _send(pair, mentor)
    assert _mails(mailoutbox, moving, 2) == [mentee.email]
    (mail,) = mailoutbox
    assert mail.subject == f"{mentor.called} has written to you"
    assert "secret" not in mail.body
    last = _send(pair, mentor)
    assert _mails(mailoutbox, moving, 60) == []
    mark_seen(relationship=pair, by=mentee, number=last.number)
    _send(pair, mentor)
    assert _mails(mailoutbox, moving, 6) == [mentee.email]


def test_nobody_is_told_of_what_they_saw(pair, mentor, mentee, mailoutbox, moving):
    sent = _send(pair, mentor)
    mark_seen(relationship=pair, by=mentee, number=sent.number)
    assert _mails(mailoutbox, moving, 6) == []
    assert not Waiting.objects.exists()


def test_the_look_waits_for_the_oldest_that_is_unseen(pair, mentor, mentee, mailoutbox, moving):
    first = _send(pair, mentor)
    moving.shift(timedelta(minutes=4))
    mark_seen(relationship=pair, by=mentee, number=first.number)
    _send(pair, mentor)
    assert _mails(mailoutbox, moving, 2) == []
    assert _mails(mailoutbox, moving, 4) == [mentee.email]


def test_what_is_left_unseen_after_a_visit_is_told_of_again(pair, mentor, mentee, mailoutbox, moving):
    first, _second = _send(pair, mentor), _send(pair, mentor)
    assert _mails(mailoutbox, moving, 6) == [mentee.email]
    mark_seen(relationship=pair, by=mentee, number=first.number)
    assert _mails(mailoutbox, moving, 6) == [mentee.email]


def test_quiet_hours_are_kept_and_who_came_meanwhile_is_not_told(pair, mentor, mentee, mailoutbox, moving):
    moving.move_to(datetime(2026, 11, 18, 11, tzinfo=UTC))  # three at night in Los Angeles
    sent = _send(pair, mentor)
    assert _mails(mailoutbox, moving, 30) == []
    mark_seen(relationship=pair, by=mentee, number=sent.number)
    assert _mails(mailoutbox, moving, 12 * 60) == []
