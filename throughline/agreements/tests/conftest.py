"""A whole draft, and two people who have agreed on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from throughline.accounts.access import Proof
from throughline.accounts.domain.channels import Channel
from throughline.agreements.actions import save_part, sign_agreement
from throughline.agreements.domain.descriptions import Clause
from throughline.agreements.domain.terms import (
    Cadence,
    Channels,
    Confidentiality,
    Mode,
    Objective,
    Objectives,
    Preparation,
    PreparationItem,
    Responses,
    ResponseTime,
    Review,
    Schedule,
    Terms,
    Unit,
    Ways,
    Who,
    usual_ending,
    usual_reconnection,
)
from throughline.agreements.queries.candidate import candidate_of
from throughline.agreements.queries.draft import agreement_of, draft_of, parts_of
from throughline.foundation import clock
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

OBJECTIVES = Objectives((Objective("Lead the planning", "Three plannings without help"),))
SCHEDULE = Schedule(Cadence.FORTNIGHTLY, 1, None, time(18), "Europe/Berlin", 50, date(2026, 12, 1), None)
CHANNELS = Channels(Ways((Channel.VIDEO, Channel.VOICE), Channel.PHONE), Ways((Channel.MESSAGE,), Channel.EMAIL))
RESPONSES = Responses(ResponseTime(2, Unit.DAYS), ResponseTime(8, Unit.HOURS))
PREPARATION = Preparation((PreparationItem("Three lines on the week", Who.MENTEE, 24),))
CONFIDENTIALITY = Confidentiality(Mode.PRIVATE, "Pay", "")
REVIEW = Review(date(2026, 12, 31), 180)
ENDING = usual_ending()
SIX = (OBJECTIVES, SCHEDULE, CHANNELS, RESPONSES, PREPARATION, CONFIDENTIALITY)
TERMS = Terms(*SIX, REVIEW, usual_reconnection(SCHEDULE.cadence), usual_ending())


@pytest.fixture
def pair(mentor, mentee):
    """Both have been in for a while, so that tests may let things happen on any day of theirs."""
    with time_machine.travel(datetime(2026, 10, 1, 9, tzinfo=UTC), tick=False):
        relationship = begin_relationship(by=mentor, role=Role.MENTOR)
        join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
    return relationship


@pytest.fixture
def draft(pair, mentor):
    """All six parts written by the mentor; nothing signed."""
    for part in SIX:
        save_part(by=mentor, relationship=pair, part=part, stamp=0)
    return pair


def shown_to(person, relationship):
    agreement = agreement_of(relationship.pk)
    parts = parts_of(draft_of(relationship.pk))
    return candidate_of(agreement, parts, today=clock.today_in(person.zone))


def sign(person, relationship):
    """What this person would do on the page: read it and press Sign."""
    proof = Proof("password", clock.now())
    shown = shown_to(person, relationship)
    given = {"shown_digest": shown.digest, "acknowledged": tuple(Clause)}
    return sign_agreement(by=person, relationship=relationship, proof=proof, **given)


@pytest.fixture
def in_force(draft, mentor, mentee):
    sign(mentor, draft)
    sign(mentee, draft)
    return draft


@pytest.fixture
def as_mentor(client, mentor):
    client.force_login(mentor)
    return client
