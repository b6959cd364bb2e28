"""Asking for another time: with a reason, near its own, free for all, and only with the others' consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from throughline.accounts.actions import be_away, set_windows
from throughline.accounts.domain.availability import Window
from throughline.agreements.domain.terms import Cadence, Schedule
from throughline.agreements.models import Proposal
from throughline.meetings.actions import (
    CannotChangeError,
    answer_move,
    ask_move,
    ask_skip,
    cancel_meeting,
    withdraw_move,
)
from throughline.meetings.domain.changing import How, Scope
from throughline.meetings.domain.outcomes import Outcome
from throughline.meetings.jobs import settle_all
from throughline.meetings.models import ChangeEnd, ChangeRequest, Meeting, Move, Series, Withdrawal
from throughline.meetings.queries import outcomes_of, still_standing, three_slots, waiting_for
from throughline.meetings.signals import occurrences_changed
from throughline.meetings.tests.scenes import FIRST, TUESDAYS, begin, sign, talk
from throughline.notices.models import Notice

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def first_of_october():
    with time_machine.travel(FIRST, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meetings(pair):
    sign(pair)
    return list(Meeting.objects.order_by("start"))


@pytest.fixture
def announced():
    heard: list[tuple] = []

    def hear(meeting_ids, **_):
        heard.append(meeting_ids)

    occurrences_changed.connect(hear)
    yield heard
    occurrences_changed.disconnect(hear)


def told(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=f"meetings.{kind}").values_list("recipient__name", flat=True))


def ask(meeting, by, **given) -> ChangeRequest:
    return ask_move(**{"occurrence": meeting, "by": by, "to": meeting.start + DAY, "reason": "The dentist", **given})


def test_a_move_holds_once_the_other_agrees_and_the_first_time_stays_for_ever(meetings, mentor, mentee, announced):
    second = meetings[1]
    request = ask(second, mentor)
    assert (told("asked"), Meeting.objects.get(pk=second.pk).start) == (["Tomás Rivera"], second.start)
    assert [item.act for item in waiting_for(mentee, [second.relationship_id])] == ["Answer the new time"]
    assert list(waiting_for(mentor, [second.relationship_id])) == []
    end = answer_move(request=request, by=mentee, accepted=True)
    moved = Meeting.objects.get(pk=second.pk)
    assert (end.how, moved.start, moved.end) == (How.ACCEPTED, second.start + DAY, second.end + DAY)
    assert (moved.first_start, moved.sequence) == (second.first_start, 1)
    assert (told("answered"), announced) == (["Mira Lindqvist"], [(second.pk,)])
    move = Move.objects.get()
    assert (move.by, move.before, move.after, move.reason) == (mentor, second.start, moved.start, "The dentist")
    assert list(waiting_for(mentee, [second.relationship_id])) == []


def test_declined_withdrawn_countered_and_twice(meetings, mentor, mentee):
    second, third = meetings[1:3]
    request = ask(second, mentor)
    assert ask(second, mentor).pk == request.pk  # a double click
    assert answer_move(request=request, by=mentee, accepted=False).how == How.DECLINED
    assert answer_move(request=request, by=mentee, accepted=True).how == How.DECLINED  # the first answer stands
    assert withdraw_move(request=request, by=mentor).how == How.DECLINED
    asked = ask(third, mentor)
    instead = ask(third, mentee, to=third.start + 2 * DAY)
    assert ChangeEnd.objects.get(request=asked).how == How.COUNTERED
    assert answer_move(request=instead, by=mentor, accepted=True).how == How.ACCEPTED
    again = ask(second, mentor)
    with pytest.raises(CannotChangeError, match="asked for this yourself"):
        answer_move(request=again, by=mentor, accepted=True)
    with pytest.raises(CannotChangeError, match="Only the one who asked"):
        withdraw_move(request=again, by=mentee)
    assert withdraw_move(request=again, by=mentor).how == How.WITHDRAWN
    assert withdraw_move(request=again, by=mentor).how == How.WITHDRAWN
    assert answer_move(request=again, by=mentee, accepted=True).how == How.WITHDRAWN
    assert Meeting.objects.get(pk=second.pk).start == second.start


def test_an_answer_after_the_meeting_began_changes_nothing(meetings, mentor, mentee, first_of_october):
    request = ask(meetings[1], mentor)
    first_of_october.move_to(meetings[1].start + timedelta(minutes=1))
    assert answer_move(request=request, by=mentee, accepted=True).how == How.BEGAN
    assert Meeting.objects.get(pk=meetings[1].pk).start == meetings[1].start


def test_nobody_answered_and_the_job_says_so(meetings, mentor, first_of_october):
    request = ask(meetings[1], mentor)
    first_of_october.move_to(meetings[1].start)
    settle_all()
    assert ChangeEnd.objects.get(request=request).how == How.BEGAN


@pytest.mark.parametrize(
    ("far", "sentence"),
    [
        (timedelta(0), "the time it has already"),
        (timedelta(days=4), "near its own time"),
        (-timedelta(days=14), "has passed"),
        (timedelta(days=7), "near its own time"),
    ],
)
def test_a_time_that_cannot_be_says_why_and_names_three_that_can(meetings, mentor, mentee, far, sentence):
    set_windows(by=mentor, windows=[Window(day, time(14), time(20)) for day in range(5)])
    set_windows(by=mentee, windows=[Window(day, time(7), time(12)) for day in range(5)])
    with pytest.raises(CannotChangeError, match=sentence) as refused:
        ask(meetings[1], mentor, to=meetings[1].start + far)
    assert [slot.start for slot in refused.value.slots] == [
        datetime(2026, 10, 12, 14, tzinfo=UTC),
        datetime(2026, 10, 13, 14, tzinfo=UTC),
        datetime(2026, 10, 14, 14, tzinfo=UTC),
    ]
    assert ChangeRequest.objects.count() == 0


def test_past_and_held_meetings_never_change(pair, meetings, mentor, mentee, first_of_october):
    first = meetings[0]
    talk(pair, first, [mentor, mentee], minutes=40)
    first_of_october.move_to(first.start + timedelta(hours=1))
    for act in (lambda: ask(first, mentor), lambda: cancel_meeting(meeting=first, by=mentor, reason="x")):
        with pytest.raises(CannotChangeError, match="begun or is over"):
            act()


def test_nothing_is_booked_over_a_protected_block_or_over_one_that_is_asked_for(meetings, mentor, stranger):
    other = begin(mentor, stranger)
    sign(other, Schedule(Cadence.WEEKLY, 2, None, time(18), "Europe/Berlin", 50, date(2026, 10, 1), None))
    theirs = Meeting.objects.filter(relationship=other).order_by("start").first()
    with pytest.raises(CannotChangeError, match="That time is gone") as refused:
        ask(meetings[0], mentor)  # a day later than Tuesday is the other one's Wednesday
    assert len(refused.value.slots) == 3
    with pytest.raises(CannotChangeError, match="less than ten minutes"):
        ask(meetings[0], mentor, to=theirs.end + timedelta(minutes=9))
    held = ask(meetings[0], mentor, to=theirs.end + timedelta(minutes=10))
    with pytest.raises(CannotChangeError, match="That time is gone"):
        ask(theirs, stranger, to=held.to)
    withdraw_move(request=held, by=mentor)
    assert ask(theirs, stranger, to=held.to).open


def test_a_time_that_went_meanwhile_is_not_given_twice(meetings, mentor, mentee, stranger):
    request = ask(meetings[0], mentor)
    other = begin(mentor, stranger)
    sign(other, Schedule(Cadence.WEEKLY, 2, None, time(18), "Europe/Berlin", 50, date(2026, 10, 14), None))
    meeting = Meeting.objects.filter(relationship=other).order_by("start").first()
    Meeting.objects.filter(pk=meeting.pk).update(start=request.to, end=request.to + timedelta(minutes=50))
    assert answer_move(request=request, by=mentee, accepted=True).how == How.TAKEN
    assert Meeting.objects.get(pk=meetings[0].pk).start == meetings[0].start


def test_a_schedule_over_anothers_block_leaves_that_one_out_and_asks_for_another_time(
    meetings, mentor, mentee, stranger
):
    first = meetings[0]
    answer_move(request=ask(first, mentor), by=mentee, accepted=True)
    other = begin(mentor, stranger)
    sign(other, Schedule(Cadence.WEEKLY, 2, None, time(18), "Europe/Berlin", 50, date(2026, 10, 1), None))
    theirs = list(Meeting.objects.filter(relationship=other).order_by("start"))
    assert Withdrawal.objects.get().meeting == theirs[0]
    assert theirs[0].start == first.start + DAY
    assert sorted(told("no_room")) == ["Mira Lindqvist", "Sam Stranger"]
    assert len(still_standing(Meeting.objects.filter(relationship=other))) == 8
    given = ask(theirs[0], stranger, to=theirs[0].start + timedelta(hours=2))
    assert answer_move(request=given, by=mentor, accepted=True).how == How.ACCEPTED
    found = Meeting.objects.get(pk=theirs[0].pk)
    assert (found.first_start, found.start) == (given.to, given.to)  # first agreed is what both agreed on first
    assert not Withdrawal.objects.exists()


def test_following_and_series_become_a_proposal_to_the_agreement(pair, meetings, mentor, mentee):
    third = meetings[2]
    request = ask(third, mentor, scope=Scope.FOLLOWING)
    assert ask(third, mentor, scope=Scope.FOLLOWING).pk == request.pk
    assert (request.end.how, told("asked")) == (How.PROPOSED, [])
    proposal = Proposal.objects.get(pk=request.end.proposal_id)
    assert (proposal.payload["weekday"], proposal.payload["first"], proposal.reason) == (2, "2026-10-21", "The dentist")
    whole = ask(third, mentor, scope=Scope.SERIES)
    payload = Proposal.objects.get(pk=whole.end.proposal_id).payload
    assert (payload["weekday"], payload["first"], payload["time"]) == (2, "2026-10-07", "18:00")
    assert answer_move(request=request, by=mentee, accepted=True).how == How.PROPOSED
    assert Meeting.objects.get(pk=third.pk).start == third.start


def test_signing_what_follows_leaves_what_comes_before(pair, meetings):
    sign(pair, replace(TUESDAYS, weekday=2, first=date(2026, 10, 21)))
    standing = still_standing(Meeting.objects.order_by("start"))
    assert [meeting.start.day for meeting in standing][:4] == [6, 13, 21, 28]


def test_a_moved_meeting_survives_a_schedule_that_has_it_too_and_no_other(pair, meetings, mentor, mentee):
    second = meetings[1]
    answer_move(request=ask(second, mentor), by=mentee, accepted=True)
    cancel_meeting(meeting=meetings[2], by=mentee, reason="A wedding")
    asked = ask(meetings[3], mentor)
    sign(pair, replace(TUESDAYS, minutes=25))
    kept = Meeting.objects.get(pk=second.pk)
    assert (kept.start, kept.end - kept.start) == (second.start + DAY, timedelta(minutes=25))
    assert kept.series == Series.objects.get(ended_at=None)
    assert Meeting.objects.get(pk=meetings[2].pk).cancellation.reason == "A wedding"
    assert ChangeRequest.objects.get(pk=asked.pk).open
    sign(pair, replace(TUESDAYS, weekday=4))
    assert Withdrawal.objects.filter(meeting=second).exists()
    assert ChangeEnd.objects.get(request=asked).how == How.OVERTAKEN
    assert sorted(set(told("fell_away"))) == ["Mira Lindqvist", "Tomás Rivera"]
    assert len(told("fell_away")) == 4  # of the moved one, and of the one that was asked about


def test_leaving_out_takes_an_absence_and_both(pair, meetings, mentor, mentee, first_of_october):
    first, second = meetings[:2]
    with pytest.raises(CannotChangeError, match="away on that day"):
        ask_skip(occurrence=first, by=mentee, reason="A rest")
    be_away(by=mentee, first=date(2026, 10, 5), last=date(2026, 10, 7))
    request = ask_skip(occurrence=first, by=mentee, reason="Hiking")
    assert ask_skip(occurrence=first, by=mentee, reason="Hiking").pk == request.pk
    assert answer_move(request=request, by=mentor, accepted=True).how == How.ACCEPTED
    assert still_standing(Meeting.objects.order_by("start")).first() == second
    first_of_october.move_to(first.end + DAY)
    settle_all()
    assert outcomes_of(pair.pk, FIRST, FIRST + 30 * DAY) == []


def test_called_off_is_early_or_late_by_the_clock_and_only_once(pair, meetings, mentor, mentee, first_of_october):
    first, second = meetings[:2]
    cancel_meeting(meeting=first, by=mentor, reason="Ill")
    assert cancel_meeting(meeting=first, by=mentee, reason="Me too").reason == "Ill"
    assert told("called_off") == ["Tomás Rivera"]
    first_of_october.move_to(second.start - timedelta(hours=23))
    cancel_meeting(meeting=second, by=mentee, reason="A train")
    found = outcomes_of(pair.pk, FIRST, FIRST + 30 * DAY)
    assert [outcome.outcome for outcome in found] == [Outcome.CANCELLED_EARLY, Outcome.CANCELLED_LATE]


def test_three_times_soonest_and_free_for_both(pair, meetings, mentor, mentee):
    set_windows(by=mentor, windows=[Window(3, time(16), time(20)), Window(1, time(16), time(20))])
    set_windows(by=mentee, windows=[Window(day, time(7), time(11)) for day in range(5)])
    found = [(slot.start, slot.outside) for slot in three_slots(pair, FIRST)]
    assert found == [
        (datetime(2026, 10, 1, 14, tzinfo=UTC), ()),
        (datetime(2026, 10, 6, 14, tzinfo=UTC), ()),
        (datetime(2026, 10, 8, 14, tzinfo=UTC), ()),
    ]
    set_windows(by=mentee, windows=[Window(5, time(7), time(8))])
    slots = three_slots(pair, FIRST)
    assert [slot.start.day for slot in slots] == [1, 2, 3]
    assert all(slot.outside for slot in slots)  # nobody's windows meet: said of whom it asks more
