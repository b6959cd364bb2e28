"""What a pair has signed about reaching each other: one rule for each, and how long mail then waits."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from throughline.accounts.domain.channels import Channel
from throughline.notices.actions import forget_channel_rules, set_channel_rule
from throughline.notices.domain.rules import LATER, Rule, waits
from throughline.notices.models import ChannelRule
from throughline.notices.queries import channel_rule_of

RING = Rule((Channel.VOICE, Channel.PHONE), bodies=True)


@pytest.mark.parametrize("channel", Channel)
def test_only_who_agreed_not_to_write_waits(channel):
    assert waits(None) == timedelta()
    wanted = timedelta() if channel in (Channel.MESSAGE, Channel.EMAIL) else LATER
    assert waits(Rule((channel,), bodies=False)) == wanted
    assert waits(Rule((Channel.VOICE, channel), bodies=False)) == wanted


@pytest.mark.django_db
def test_a_rule_is_one_for_each_and_goes_with_the_relationship(pair, mentor, mentee):
    for rule in (RING, RING, Rule((Channel.MESSAGE,), bodies=False)):
        set_channel_rule(relationship_id=pair.pk, people=[mentor.pk, mentee.pk], rule=rule)
    assert ChannelRule.objects.count() == 2
    assert channel_rule_of(pair.pk, mentee.pk) == Rule((Channel.MESSAGE,), bodies=False)
    assert channel_rule_of(uuid4(), mentee.pk) is None
    forget_channel_rules(relationship_id=pair.pk)
    assert ChannelRule.objects.count() == 0
