"""The first fortnight on Today and on the relationship's page, entered as people do."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from throughline.accounts.models import WeeklyWindow
from throughline.calls.actions import enter_call, leave_call, open_call
from throughline.foundation import clock
from throughline.foundation.live.topics import Ways, reach_through
from throughline.home.domain.fortnight import LONGEST, Standing
from throughline.home.queries import today_of
from throughline.home.sockets import PersonTopic
from throughline.home.wording import Said, said_of
from throughline.programs.actions import start_programme
from throughline.relationships.actions import begin_relationship, end_relationship, invite
from throughline.relationships.domain.roles import Role


def _profile(person):
    person.looks_for = "Somebody who asks"
    person.save()
    WeeklyWindow.objects.create(person=person, weekday=1, starts=time(9), ends=time(11))


def _steps(person):
    [beginning] = today_of(person).beginnings
    return said_of(beginning)


def test_a_new_pair_prepares_first(pair, mentor, mentee):
    steps = _steps(mentor)
    assert [step.standing for step in steps] == ["done", "next", "later", "later", "later"]
    assert steps[0].title == "Tomás is in"
    assert steps[1].address == reverse("agreements:prepare", args=[pair.pk])


def test_each_waits_for_the_other_only(pair, mentor, mentee):
    _profile(mentor)
    assert _steps(mentor)[1:3] == [
        Said(Standing.WAITING, "You are prepared", "Waiting for Tomás, nothing to do."),
        Said(
            Standing.NEXT,
            "Write your agreement together",
            "Goals, rhythm, how to reach each other, what stays between you. About twenty minutes, best done together.",
            "Open the agreement",
            reverse("agreements:agreement", args=[pair.pk]),
        ),
    ]
    assert _steps(mentee)[1].standing is Standing.NEXT


def test_nothing_stands_on_the_page_twice(client, pair, mentor):
    _profile(mentor)
    client.force_login(mentor)
    for address in (reverse("today"), reverse("relationship", args=[pair.pk])):
        page = client.get(address).content.decode()
        assert page.count("Write your agreement together") == 1
        assert page.count('"button primary"') == 1
        assert "Your first fortnight with Tomás" in page


def test_it_goes_after_six_weeks_and_the_agreement_is_asked_for_as_ever(client, pair, mentor, time_machine):
    time_machine.move_to(clock.now() + LONGEST + timedelta(days=1))
    today = today_of(mentor)
    assert today.beginnings == []
    assert [item.act for item in today.needs[pair.pk]] == ["Write your agreement together"]


def test_an_invitation_on_its_way_waits_for_its_answer(client, mentor):
    invite(by=mentor, role=Role.MENTEE, email="tomas@example.org", note="Shall we?")
    steps = _steps(mentor)
    assert [step.standing for step in steps] == ["waiting", "next", "later", "later", "later"]
    assert steps[0].words == "Waiting for tomas@example.org, nothing to do."
    client.force_login(mentor)
    assert "Your first fortnight" in client.get(reverse("today")).content.decode()


def test_what_has_ended_can_be_read(client, pair, mentor):
    end_relationship(relationship=pair, by=mentor)
    client.force_login(mentor)
    page = client.get(reverse("today")).content.decode()
    assert "Nothing is going on at the moment" in page
    assert reverse("relationship", args=[pair.pk]) in page
    assert "first fortnight" not in client.get(reverse("relationship", args=[pair.pk])).content.decode()


def test_a_coordinator_is_led_to_the_programmes(client, coordinator):
    start_programme(by=coordinator, name="Bridges")
    client.force_login(coordinator)
    page = client.get(reverse("today")).content.decode()
    assert "You look after 1 programme." in page


def test_somebody_alone_is_not_shown_another_ones_beginning(pair, stranger):
    begin_relationship(by=stranger, role=Role.MENTOR)
    [beginning] = today_of(stranger).beginnings
    assert beginning.relationship_id != pair.pk


@pytest.mark.django_db(transaction=True)
def test_an_open_page_is_told_of_a_call(client, pair, mentor, mentee):
    told: list[tuple[str, dict]] = []
    before = reach_through(Ways(lambda topic, message: told.append((topic, message))))
    try:
        call = open_call(relationship=pair, by=mentor)
        enter_call(call_id=call.pk, by_id=mentor.pk, connection=str(uuid4()))
    finally:
        reach_through(before)
    hint = {"type": "calls"}
    assert told == [(f"person:{mentor.pk}", hint), (f"person:{mentee.pk}", hint)]
    client.force_login(mentee)
    for address in (reverse("today"), reverse("relationship", args=[pair.pk])):
        page = client.get(address).content.decode()
        assert "Mira Lindqvist is in the call." in page
        assert f'data-topic="person:{mentee.pk}"' in page
    leave_call(call_id=call.pk, by_id=mentor.pk)
    assert "A call is open" not in client.get(reverse("today")).content.decode()


def test_hints_are_for_oneself_alone(mentor, stranger):
    assert PersonTopic().may_join(mentor.pk, mentor.pk)
    assert not PersonTopic().may_join(stranger.pk, mentor.pk)
