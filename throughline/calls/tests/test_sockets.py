"""The topic "call", asked as the hub asks it."""

from __future__ import annotations

import pytest

from throughline.calls.access import room_ticket
from throughline.calls.actions import enter_call, leave_call, open_call
from throughline.calls.models import Call, Presence, SpanRow
from throughline.calls.sockets import CallTopic, TrialTopic
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.foundation.live.topics import Refused, Seat, Ways, reach_through


@pytest.fixture
def call(pair, mentor):
    return open_call(relationship=pair, by=mentor)


@pytest.fixture
def elapsed(monkeypatch, time_machine):
    """Both clocks, moved together by the test."""
    time_machine.move_to("2026-11-03T12:00:00Z", tick=False)
    seconds = [50.0]
    monkeypatch.setattr(clock, "monotonic", lambda: seconds[0])

    def on(by):
        seconds[0] += by
        time_machine.shift(by)

    return on


def seat(call, person, connection):
    return Seat(connection, person.pk, f"call:{call.pk}", call.pk)


def shown(mine):
    """What a page shows on joining."""
    return {"ticket": room_ticket(mine.person_id, mine.subject_id)}


def report(connection, other):
    return {
        "type": "report",
        "id": "0190b3a4-0000-7000-8000-00000000000a",
        "seat": connection,
        "sent": {"voice": 9, "video": 9},
        "received": [{"from": str(other.pk), "voice": 9, "video": 9}],
    }


def test_members_alone_may_join(call, mentor, mentee, stranger, coordinator):
    topic = CallTopic()
    assert [topic.may_join(p.pk, call.pk) for p in (mentor, mentee, stranger, coordinator)] == [
        True,
        True,
        False,
        False,
    ]
    assert not topic.may_join(mentor.pk, mentor.pk)


def test_joining_reporting_and_losing_the_line(call, mentor, mentee, elapsed):
    topic, mine = CallTopic(), seat(call, mentor, "m1")
    assert topic.joined(mine, shown(mine)) == [{"type": "welcome", "seat": "m1", "together": 0}]
    elapsed(5)
    assert topic.joined(mine, shown(mine)) == [{"type": "welcome", "seat": "m1", "together": 0}]
    assert topic.received(mine, report("m1", mentor)) == {"counted": True}
    assert topic.received(mine, report("m1", mentor)) == {"counted": False}
    elapsed(16)
    assert topic.received(mine, report("m1", mentor)) == {"counted": False}
    topic.left(mine)
    elapsed(1)
    assert topic.received(mine, report("m1", mentor)) == {"over": True}
    row = SpanRow.objects.get()
    assert (row.end - row.start).seconds == 5
    assert not Presence.objects.get().by_choice


def test_a_report_kept_from_an_earlier_connection_is_refused(call, mentor, elapsed):
    topic, mine = CallTopic(), seat(call, mentor, "m2")
    topic.joined(mine, shown(mine))
    elapsed(5)
    assert topic.received(mine, report("m1", mentor)) == {"refused": "this report belongs to another connection."}


@pytest.mark.parametrize(
    "message", [{}, {"type": None}, {"type": ["report"]}, {"type": "report"}, {"type": "<script>"}]
)
def test_what_makes_no_sense_is_refused(call, mentor, message, elapsed):
    topic, mine = CallTopic(), seat(call, mentor, "m1")
    topic.joined(mine, shown(mine))
    elapsed(5)
    assert list(topic.received(mine, message)) == ["refused"]
    assert topic.relayed(mine, message, [mine]) == []


def test_leaving_closes_and_a_late_join_hears_that_it_is_over(call, mentor, mentee):
    topic, mine = CallTopic(), seat(call, mentor, "m1")
    topic.joined(mine, shown(mine))
    assert topic.received(mine, {"type": "leave"}) == {"left": True}
    assert Call.objects.get().closed_at is not None
    late = seat(call, mentee, "t1")
    assert topic.joined(late, shown(late)) == [{"type": "over", "again": False}]


def test_a_call_that_nobody_meant_to_end_is_opened_again(call, mentor, mentee):
    topic = CallTopic()
    mine = seat(call, mentor, "m1")
    topic.joined(mine, shown(mine))
    Call.objects.update(closed_at=clock.now())
    late = seat(call, mentee, "t1")
    assert topic.joined(late, shown(late)) == [{"type": "over", "again": True}]
    address = topic.received(late, {"type": "again"})["address"]
    again = Call.objects.get(closed_at=None)
    assert (address, again.relationship_id) == (f"/calls/{again.pk}/", call.relationship_id)
    assert topic.received(late, {"type": "again"}) == {"address": address}


def test_again_after_somebody_left_goes_nowhere_new(call, mentor, mentee):
    topic = CallTopic()
    mine = seat(call, mentor, "m1")
    topic.joined(mine, shown(mine))
    leave_call(call_id=call.pk, by_id=mentor.pk)
    assert topic.received(seat(call, mentee, "t1"), {"type": "again"}) == {"address": f"/calls/{call.pk}/"}
    assert Call.objects.count() == 1


def test_signalling_goes_to_the_others_or_to_one(call, mentor, mentee):
    topic = CallTopic()
    mine, his, other = seat(call, mentor, "m1"), seat(call, mentee, "t1"), seat(call, mentee, "t2")
    seats = [mine, his, other]
    hello = {"type": "hello", "place": "p", "camera": True, "microphone": False, "secret": "x", "from": "t1"}
    passed = {
        "type": "hello",
        "place": "p",
        "camera": True,
        "microphone": False,
        "from": "m1",
        "person": str(mentor.pk),
    }
    assert topic.relayed(mine, hello, seats) == [(his, passed), (other, passed)]
    offer = {"type": "description", "to": "t2", "place": "p", "description": {"type": "offer", "sdp": "v=0"}}
    assert topic.relayed(mine, offer, seats) == [
        (other, {"type": "description", "place": "p", "description": {"type": "offer", "sdp": "v=0"},
                 "from": "m1", "person": str(mentor.pk)})
    ]  # fmt: skip
    assert topic.relayed(mine, {"type": "candidate", "to": ["t2"]}, seats) == []


def test_whoever_comes_is_told_to_those_who_are_there_by_name(call, mentor, mentee):
    said = []
    before = reach_through(Ways(lambda topic, message: said.append((topic, message))))
    try:
        his = seat(call, mentee, "t1")
        CallTopic().joined(his, shown(his))
    finally:
        reach_through(before)
    name = {"type": "name", "person": str(mentee.pk), "called": mentee.called}
    assert said == [(f"call:{call.pk}", name)]


def test_a_ticket_is_for_one_person_one_call_and_one_minute(call, pair, mentor, mentee, time_machine):
    time_machine.move_to(call.opened_at, tick=False)
    topic, mine = CallTopic(), seat(call, mentor, "m1")
    other = open_call(relationship=pair, by=mentor, occasion="meetings.Meeting:0190b3a4-0000-7000-8000-00000000000b")
    good = room_ticket(mentor.pk, call.pk)
    bad = [room_ticket(mentee.pk, call.pk), room_ticket(mentor.pk, other.pk), good[:-1], "", None, [good]]
    for seen in [*({"ticket": ticket} for ticket in bad), None, good]:
        with pytest.raises(Refused, match="ticket"):
            topic.joined(mine, seen)
    assert Presence.objects.count() == 0
    assert topic.joined(mine, {"ticket": good}) == [{"type": "welcome", "seat": "m1", "together": 0}]
    time_machine.shift(61)
    with pytest.raises(Refused, match="ticket"):
        topic.joined(mine, {"ticket": good})
    fresh = topic.received(mine, {"type": "ticket"})["ticket"]
    assert topic.joined(mine, {"ticket": fresh}) == [{"type": "welcome", "seat": "m1", "together": 0}]


def test_who_may_no_longer_join_gets_no_fresh_ticket(call, stranger):
    with pytest.raises(Refused, match="no-access"):
        CallTopic().received(seat(call, stranger, "s1"), {"type": "ticket"})


def test_a_fifth_person_finds_the_call_full(call, mentor, mentee, django_user_model):
    for number in range(4):
        person = django_user_model.objects.create_user(f"p{number}@example.org", None)
        enter_call(call_id=call.pk, by_id=person.pk, connection=f"p{number}")
    mine = seat(call, mentor, "m1")
    with pytest.raises(Refused, match="full"):
        CallTopic().joined(mine, shown(mine))


def test_a_trial_is_ones_own_and_answers(mentor, mentee):
    topic = TrialTopic()
    assert [topic.may_join(mentor.pk, person.pk) for person in (mentor, mentee)] == [True, False]
    assert topic.received(Seat("m1", mentor.pk, f"trial:{mentor.pk}", mentor.pk), {"id": str(new_id())}) == {}
