"""What becomes of a meeting follows from its calls, and reaches the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from throughline.calls.models import Call
from throughline.ledger.actions import Rebuilt, rebuild
from throughline.ledger.domain.facts import Kind, Medium, Part
from throughline.ledger.queries import contacts_of
from throughline.meetings.actions import CannotJoinError, join_meeting
from throughline.meetings.domain.outcomes import MeetingOutcome, Outcome
from throughline.meetings.jobs import settle_all
from throughline.meetings.models import Attendance, Meeting, Settlement
from throughline.meetings.queries import outcomes_of
from throughline.meetings.tests.scenes import FIRST, sign, talk

LATER = FIRST + timedelta(days=365)


@pytest.fixture
def meeting(pair):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    return Meeting.objects.order_by("start").first()


def outcome(pair) -> MeetingOutcome | None:
    return next(iter(outcomes_of(pair.pk, FIRST, LATER)), None)


def settle_long_after(meeting) -> None:
    with time_machine.travel(meeting.planned.closes_at + timedelta(minutes=1), tick=False):
        settle_all()


def test_half_an_hour_together_is_held_at_once_and_counts_as_one_session(pair, meeting, mentor, mentee):
    talk(pair, meeting, [mentor, mentee], late=3, minutes=30)
    start = meeting.start + timedelta(minutes=3)
    assert outcome(pair) == MeetingOutcome(
        meeting_id=meeting.pk,
        first_start=meeting.start,
        start=meeting.start,
        end=meeting.end,
        outcome=Outcome.HELD,
        due=True,
        kept=True,
        together=1800,
        started_at=start,
    )
    (contact,) = contacts_of(pair.pk, FIRST, LATER)
    call = Call.objects.get()
    assert (contact.kind, contact.medium, contact.session) == (Kind.MEETING, Medium.VIDEO, True)
    assert (contact.together, contact.both_voice, contact.both_video) == (1800, 1800, 1800)
    assert contact.sources == (f"calls.Call:{call.pk}", meeting.occasion)
    assert contact.parts == tuple(Part(p.pk, 1800, 1800, 1800) for p in sorted([mentor, mentee], key=lambda p: p.pk))


def test_twenty_seconds_are_a_contact_and_not_held(pair, meeting, mentor, mentee):
    talk(pair, meeting, [mentor, mentee], minutes=20 / 60)
    assert outcome(pair) is None
    settle_long_after(meeting)
    assert outcome(pair).outcome is Outcome.SHORT
    (contact,) = contacts_of(pair.pk, FIRST, LATER)
    assert (contact.kind, contact.together, contact.session) == (Kind.CALL, 20, False)


def test_a_second_call_adds_up_to_held_and_settles_again(pair, meeting, mentor, mentee):
    talk(pair, meeting, [mentor, mentee], minutes=12)
    assert outcome(pair) is None
    talk(pair, meeting, [mentor, mentee], late=30, minutes=14, cameras=False)
    found = outcome(pair)
    assert (found.outcome, found.kept, found.together) == (Outcome.HELD, True, 26 * 60)
    (contact,) = contacts_of(pair.pk, FIRST, LATER)
    assert (contact.medium, contact.both_video, contact.together) == (Medium.VIDEO, 12 * 60, 26 * 60)


def test_a_call_that_ends_after_it_was_settled_as_missed_settles_it_again(pair, meeting, mentor, mentee):
    with time_machine.travel(meeting.end + timedelta(minutes=59), tick=False):
        call = join_meeting(meeting=meeting, relationship=pair, by=mentor)
    call.delete()  # nobody entered
    settle_long_after(meeting)
    assert outcome(pair).outcome is Outcome.NOBODY_CAME
    talk(pair, meeting, [mentor, mentee], late=100, minutes=40)
    assert (outcome(pair).outcome, outcome(pair).kept) == (Outcome.HELD, False)


def test_nobody_came(pair, meeting):
    settle_long_after(meeting)
    assert outcome(pair).outcome is Outcome.NOBODY_CAME
    settle_long_after(meeting)
    assert Settlement.objects.count() == 1


def test_one_came_and_the_row_says_who(pair, meeting, mentor):
    talk(pair, meeting, [mentor], minutes=15)
    settle_long_after(meeting)
    assert outcome(pair).outcome is Outcome.ONE_CAME
    assert list(Attendance.objects.values_list("person_id", flat=True)) == [mentor.pk]
    assert contacts_of(pair.pk, FIRST, LATER) == []


def test_a_meeting_in_a_running_call_is_not_settled_yet(pair, meeting, mentor):
    from throughline.calls.actions import enter_call

    with time_machine.travel(meeting.end, tick=False):
        call = join_meeting(meeting=meeting, relationship=pair, by=mentor)
        enter_call(call_id=call.pk, by_id=mentor.pk, connection="one")
    settle_long_after(meeting)
    assert outcome(pair) is None


@pytest.mark.parametrize(("minutes", "sentence"), [(-11, "ten minutes before"), (111, "This meeting is over")])
def test_outside_its_hours_the_door_is_shut_with_a_sentence(pair, meeting, mentor, minutes, sentence):
    with (
        time_machine.travel(meeting.start + timedelta(minutes=minutes), tick=False),
        pytest.raises(CannotJoinError, match=sentence),
    ):
        join_meeting(meeting=meeting, relationship=pair, by=mentor)


def test_joining_twice_opens_one_call(pair, meeting, mentor, mentee):
    with time_machine.travel(meeting.start, tick=False):
        calls = {join_meeting(meeting=meeting, relationship=pair, by=person).pk for person in (mentor, mentee, mentor)}
    assert len(calls) == 1


def test_recorded_live_is_rebuilt(pair, meeting, mentor, mentee):
    talk(pair, meeting, [mentor, mentee], minutes=30)
    other = Meeting.objects.order_by("start")[1]
    talk(pair, other, [mentee, mentor], minutes=5)
    settle_long_after(other)
    assert rebuild() == Rebuilt(unchanged=3, written=0, removed=0)
