"""Who agreed to ring each other in between is not mailed for each word: four hours are left to find it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from throughline.accounts.domain.channels import Channel
from throughline.foundation.jobs.runner import run_ready
from throughline.messaging.actions import mark_seen, send_message
from throughline.notices.actions import set_channel_rule
from throughline.notices.domain.rules import Rule
from throughline.notices.models import Notice

NOON = datetime(2026, 11, 18, 18, tzinfo=UTC)  # ten in the morning in Los Angeles, where the mentee is
RING = Rule((Channel.VOICE, Channel.PHONE), bodies=True)


@pytest.fixture
def ringing(pair, mentor, mentee, transactional_db):
    with time_machine.travel(NOON, tick=False) as moving:
        set_channel_rule(relationship_id=pair.pk, people=[mentor.pk, mentee.pk], rule=RING)
        yield moving


def wrote(pair, by, **more):
    return send_message(relationship=pair, by=by, client_id=uuid4(), text="A word", **more)


def told(moving, minutes):
    moving.move_to(NOON + timedelta(minutes=minutes))
    run_ready()
    return ["sent" if row.sent_at else "dropped" if row.dropped_at else "waits" for row in Notice.objects.all()]


def test_who_agreed_to_ring_is_told_after_hours(ringing, pair, mentor):
    wrote(pair, mentor)
    assert told(ringing, 6) == ["waits"]
    assert told(ringing, 60) == ["waits"]
    assert told(ringing, 60 * 4 + 6) == ["sent"]


def test_what_was_found_meanwhile_is_never_mailed(ringing, pair, mentor, mentee):
    sent = wrote(pair, mentor)
    assert told(ringing, 6) == ["waits"]
    mark_seen(relationship=pair, by=mentee, number=sent.number)
    assert told(ringing, 60 * 5) == ["dropped"]


def test_what_asks_for_an_answer_does_not_wait(ringing, pair, mentor):
    wrote(pair, mentor)
    wrote(pair, mentor, please_answer=True)
    assert told(ringing, 6) == ["sent"]
