"""Two at the same moment, on a real database with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from throughline.foundation import clock
from throughline.notices.models import Notice
from throughline.relationships.actions import (
    accept_invitation,
    accept_pause,
    ask_for_deletion,
    end_relationship,
    invite,
)
from throughline.relationships.actions.invitations import InvitationError
from throughline.relationships.actions.pauses import PauseError, propose_pause
from throughline.relationships.domain.roles import Role
from throughline.relationships.models import Membership, Pause, Relationship
from throughline.relationships.queries import newest_link_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each returned, or the sentence of the error that it raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return act()
        except (InvitationError, PauseError) as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_who_hold_one_link_accept_at_once(mentor, mentee, stranger) -> None:
    link = newest_link_of(invite(by=mentor, role=Role.MENTEE))
    done = at_once(*[lambda who=who: accept_invitation(link=link, by=who) for who in (mentee, stranger)])
    assert sorted(isinstance(one, Relationship) for one in done) == [False, True]
    assert Membership.objects.filter(relationship_id=link.relationship_id).count() == 2


def test_one_person_accepts_in_four_tabs(mentor, mentee) -> None:
    link = newest_link_of(invite(by=mentor, role=Role.MENTEE))
    done = at_once(*[lambda: accept_invitation(link=link, by=mentee)] * 4)
    assert {one.pk for one in done} == {link.relationship_id}
    assert Membership.objects.filter(person=mentee).count() == 1
    assert Notice.objects.filter(kind="relationships.accepted").count() == 1


def test_both_propose_a_pause_at_once(pair, mentor, mentee) -> None:
    day = max(clock.today_in(mentor.zone), clock.today_in(mentee.zone))
    acts = [
        lambda who=who: propose_pause(relationship=pair, by=who, first_day=day, last_day=day)
        for who in (mentor, mentee)
    ]
    done = at_once(*acts)
    assert sorted(isinstance(one, Pause) for one in done) == [False, True]
    [pause] = Pause.objects.all()
    at_once(*[lambda: accept_pause(pause=pause, by=mentee if pause.by_id == mentor.pk else mentor)] * 3)
    assert Notice.objects.filter(kind="relationships.pause_accepted").count() == 1


def test_both_end_and_delete_at_once(pair, mentor, mentee) -> None:
    at_once(
        *[lambda who=who: end_relationship(relationship=pair, by=who, reflection="bye") for who in (mentor, mentee)]
    )
    assert Notice.objects.filter(kind="relationships.ended").count() == 1
    done = at_once(*[lambda who=who: ask_for_deletion(relationship=pair, by=who) for who in (mentor, mentee)])
    assert True in done
    assert not Relationship.objects.filter(pk=pair.pk).exists()
