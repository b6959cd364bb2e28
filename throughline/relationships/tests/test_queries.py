"""What the other rooms read about relationships, entered by the names they use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from throughline.foundation import clock
from throughline.relationships.actions import begin_relationship
from throughline.relationships.domain.roles import Role
from throughline.relationships.domain.states import State
from throughline.relationships.queries import (
    Edge,
    Member,
    Summary,
    edges_of,
    may_see,
    members_of,
    pauses_of,
    relationships_of,
    state_of,
    summary_of,
)


def test_each_of_a_pair_sees_the_other(pair, mentor, mentee) -> None:
    of_mentor = Member(mentor.pk, "Mira Lindqvist", Role.MENTOR, "Europe/Berlin")
    of_mentee = Member(mentee.pk, "Tomás Rivera", Role.MENTEE, "America/Los_Angeles")
    since = pair.memberships.get(person=mentor).since
    assert members_of(pair.pk) == (of_mentor, of_mentee)
    begun = pair.memberships.get(person=mentee).since
    summary = Summary(pair.pk, State.ACTIVE, Role.MENTOR, (of_mentee,), since, begun, (), (of_mentor, of_mentee))
    assert relationships_of(mentor) == [summary]
    assert summary_of(mentor, pair.pk) == summary
    assert edges_of(pair.pk) == [Edge(mentor.pk, mentee.pk)]
    assert pauses_of(pair.pk) == []


def test_a_stranger_has_none(pair, stranger) -> None:
    assert relationships_of(stranger) == []
    assert summary_of(stranger, pair.pk) is None
    assert not may_see(stranger, pair, "counts")


def test_a_member_sees_everything(pair, mentee) -> None:
    assert may_see(mentee, pair, "counts")


def test_somebody_alone_is_still_waiting(mentor) -> None:
    alone = begin_relationship(by=mentor, role=Role.MENTOR)
    assert state_of(alone.pk, clock.now()) is State.INVITED
    assert edges_of(alone.pk) == []


def test_before_it_began_nobody_was_in(pair) -> None:
    assert state_of(pair.pk, datetime(2000, 1, 1, tzinfo=UTC)) is State.INVITED
    assert state_of(pair.pk, clock.now() + timedelta(days=9)) is State.ACTIVE


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_list_takes_two_queries(many, mentor, django_assert_num_queries) -> None:
    for _ in range(many):
        begin_relationship(by=mentor, role=Role.MENTOR)
    with django_assert_num_queries(2):
        assert len(relationships_of(mentor)) == many
