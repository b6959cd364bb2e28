"""A call from opening to its fact in the ledger, at the level of actions; time is moved, never waited for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from throughline.accounts.actions import state_needs
from throughline.accounts.domain.needs import Need
from throughline.calls.access import may_enter
from throughline.calls.actions import (
    CallOverError,
    CallRefusedError,
    close_quiet_calls,
    enter_call,
    leave_call,
    lose_connection,
    open_call,
    report_media,
)
from throughline.calls.contacts import facts
from throughline.calls.domain.media import Talk
from throughline.calls.domain.reports import BadReportError
from throughline.calls.models import Call, Presence, SpanRow
from throughline.calls.queries import RunningCall, running_calls_in, running_calls_of, talks_of
from throughline.calls.signals import call_ended
from throughline.foundation import clock
from throughline.ledger.actions import rebuild
from throughline.ledger.domain.facts import Exemption, Fact, Kind, Medium, Part
from throughline.ledger.queries import facts_by_source
from throughline.relationships.actions import begin_relationship, end_relationship, join_relationship
from throughline.relationships.domain.roles import Role

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
MEETING = "meetings.Meeting:0190b3a4-0000-7000-8000-000000000001"


@pytest.fixture
def time(time_machine):
    """Moves the installation's clock and the monotonic one together."""
    time_machine.move_to(NOON, tick=False)
    return time_machine


def saw(other, *, seat, voice=True, video=True, gets_voice=True, gets_video=True):
    return {
        "seat": seat,
        "sent": {"voice": 250 * voice, "video": 120 * video},
        "received": [{"from": str(other.pk), "voice": 240 * gets_voice, "video": 118 * gets_video}],
    }


class Browser:
    """One socket of one person in a call, reporting every five seconds."""

    def __init__(self, call, person, other, seat):
        self.call, self.person, self.other, self.seat = call, person, other, seat
        enter_call(call_id=call.pk, by_id=person.pk, connection=seat)

    def report(self, gap=5.0, **said):
        message = saw(self.other, seat=self.seat, **said)
        return report_media(call_id=self.call.pk, by_id=self.person.pk, connection=self.seat, message=message, gap=gap)


@pytest.fixture
def talking(time, pair, mentor, mentee):
    call = open_call(relationship=pair, by=mentor)
    return call, Browser(call, mentor, mentee, "m1"), Browser(call, mentee, mentor, "t1")


def go_on(time, *browsers, seconds, **said):
    for _ in range(seconds // 5):
        time.shift(5)
        for browser in browsers:
            assert browser.report(**said)


def leave(*browsers):
    for browser in browsers:
        leave_call(call_id=browser.call.pk, by_id=browser.person.pk)


def spans():
    rows = SpanRow.objects.order_by("start", "presence__connection")
    return [(r.presence.connection, (r.start - NOON).seconds, (r.end - NOON).seconds, r.sends_video) for r in rows]


def test_two_reports_alike_are_one_span(time, talking):
    _call, mira, tomas = talking
    go_on(time, mira, tomas, seconds=20)
    go_on(time, mira, seconds=10, video=False)
    assert spans() == [("m1", 0, 20, True), ("t1", 0, 20, True), ("m1", 20, 30, False)]


def test_a_closed_call_is_a_fact_and_the_rebuilt_ledger_is_equal(time, talking, pair, mentor, mentee):
    call, mira, tomas = talking
    go_on(time, mira, tomas, seconds=60)
    leave(mira, tomas)
    expected = Fact(
        source=f"calls.Call:{call.pk}",
        relationship_id=pair.pk,
        kind=Kind.CALL,
        medium=Medium.VIDEO,
        started_at=NOON,
        ended_at=NOON + timedelta(seconds=60),
        initiator_id=mentor.pk,
        together=60,
        both_voice=60,
        both_video=60,
        session=True,
        parts=(Part(mentor.pk, 60, 60, 60), Part(mentee.pk, 60, 60, 60)),
    )
    assert list(facts()) == [expected]
    assert facts_by_source([expected.source]) == {expected.source: expected}
    rebuilt = rebuild()
    assert (rebuilt.unchanged, rebuilt.written, rebuilt.removed) == (1, 0, 0)


def test_twenty_seconds_are_a_contact_and_no_session(time, talking):
    _, mira, tomas = talking
    go_on(time, mira, tomas, seconds=20)
    leave(mira, tomas)
    assert [(fact.together, fact.session) for fact in facts()] == [(20, False)]


def test_video_for_less_than_half_is_a_voice_call(time, talking):
    _, mira, tomas = talking
    go_on(time, mira, tomas, seconds=40)
    go_on(time, mira, tomas, seconds=45, video=False, gets_video=False)
    leave(mira, tomas)
    assert [(f.medium, f.together, f.both_video, f.both_voice) for f in facts()] == [(Medium.VOICE, 85, 40, 85)]


def test_nobody_answered_is_no_fact(time, talking):
    call, mira, tomas = talking
    leave(tomas)
    go_on(time, mira, seconds=30)
    leave(mira)
    call.refresh_from_db()
    assert call.closed_at == NOON + timedelta(seconds=30)
    assert list(facts()) == []


def test_a_moved_clock_credits_the_time_that_it_shows(time, talking):
    """The server's clock leaps by fifty minutes; both sockets were heard five real seconds ago."""
    _, mira, tomas = talking
    go_on(time, mira, tomas, seconds=10)
    time.shift(timedelta(minutes=50))
    assert mira.report(gap=5.0)
    assert tomas.report(gap=5.0)
    leave(mira, tomas)
    assert [fact.together for fact in facts()] == [3010]


def test_a_socket_that_was_dead_is_credited_nothing(time, talking):
    _, mira, tomas = talking
    go_on(time, mira, tomas, seconds=10)
    time.shift(40)
    assert not mira.report(gap=40.0)
    assert not tomas.report(gap=40.0)
    go_on(time, mira, tomas, seconds=10)
    leave(mira, tomas)
    assert spans() == [("m1", 0, 10, True), ("t1", 0, 10, True), ("m1", 50, 60, True), ("t1", 50, 60, True)]
    assert [fact.together for fact in facts()] == [20]


def test_a_clock_that_is_set_back_credits_nothing_twice(time, talking):
    _, mira, tomas = talking
    go_on(time, mira, tomas, seconds=30)
    time.shift(-20)
    assert not mira.report()
    assert not tomas.report()
    go_on(time, mira, tomas, seconds=20)
    leave(mira, tomas)
    assert [fact.together for fact in facts()] == [30]


def test_the_same_report_twice_changes_nothing(time, talking):
    _, mira, _tomas = talking
    go_on(time, mira, seconds=10)
    before = spans()
    mira.report(gap=0.0)
    assert spans() == before


def test_a_reload_begins_a_new_presence_and_the_old_one_counts_no_more(time, talking, mentee, mentor):
    call, mira, tomas = talking
    go_on(time, mira, tomas, seconds=20)
    time.shift(3)
    again = Browser(call, mentee, mentor, "t2")
    time.shift(2)
    mira.report()
    again.report(gap=2.0)
    with pytest.raises(CallOverError):
        tomas.report()
    go_on(time, mira, again, seconds=15)
    lose_connection(call_id=call.pk, connection="t1")  # the hub noticed late
    leave(again, mira)
    assert spans() == [("m1", 0, 40, True), ("t1", 0, 20, True), ("t2", 23, 40, True)]
    assert [fact.together for fact in facts()] == [37]


def test_reports_of_anothers_presence_and_hostile_ones_are_refused(time, talking, mentor, mentee, stranger):
    call, _mira, _tomas = talking
    time.shift(5)
    whole = saw(mentee, seat="m1")
    with pytest.raises(BadReportError):
        report_media(call_id=call.pk, by_id=mentee.pk, connection="t1", message=whole, gap=5)
    with pytest.raises(CallOverError):
        report_media(call_id=call.pk, by_id=mentee.pk, connection="m1", message=whole, gap=5)
    for changes in ({"sent": {"voice": -1, "video": 0}}, {"sent": "<b>"}, {"received": [{"from": str(stranger.pk)}]}):
        with pytest.raises(BadReportError):
            report_media(call_id=call.pk, by_id=mentor.pk, connection="m1", message=whole | changes, gap=5)
    assert spans() == []


def test_leaving_ends_a_call_when_nobody_else_is_in_it(time, talking, pair):
    _call, mira, tomas = talking
    go_on(time, mira, tomas, seconds=10)
    leave(mira)
    assert Call.objects.get().closed_at is None
    time.shift(5)
    leave(tomas)
    leave(tomas)
    assert Call.objects.get().closed_at == NOON + timedelta(seconds=10)


def test_leaving_waits_for_somebody_who_is_reloading(time, talking, mentee, mentor):
    call, mira, tomas = talking
    go_on(time, mira, tomas, seconds=10)
    lose_connection(call_id=call.pk, connection="t1")
    leave(mira)
    assert Call.objects.get().closed_at is None
    time.shift(21)
    assert close_quiet_calls(doubts={}) == {}
    assert Call.objects.get().closed_at == NOON + timedelta(seconds=10)


def test_a_killed_server_leaves_what_was_committed_and_the_sweep_closes_the_call(time, talking, monkeypatch):
    _call, mira, tomas = talking
    go_on(time, mira, tomas, seconds=65)
    # kill -9: no goodbye was written. A new worker sweeps, every 15 s by its own monotonic clock.
    elapsed = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: elapsed[0])
    time.shift(45)
    doubts = close_quiet_calls(doubts={})
    assert (doubts, Call.objects.get().closed_at) == ({}, None)
    time.shift(30)
    doubts = close_quiet_calls(doubts=doubts)
    assert Call.objects.get().closed_at is None, "one look is not enough: the clock may have leapt"
    elapsed[0] += 15
    assert close_quiet_calls(doubts=doubts) == {}
    assert Call.objects.get().closed_at == NOON + timedelta(seconds=65)
    assert [(fact.together, fact.both_video, fact.session) for fact in facts()] == [(65, 65, True)]


def test_a_leap_of_the_clock_does_not_close_a_call_that_goes_on(time, talking, monkeypatch):
    _, mira, _tomas = talking
    elapsed = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: elapsed[0])
    time.shift(timedelta(minutes=50))
    doubts = close_quiet_calls(doubts={})
    time.shift(5)
    mira.report()
    elapsed[0] += 15
    close_quiet_calls(doubts=doubts)
    assert Call.objects.get().closed_at is None


def test_one_running_call_for_an_occasion(time, pair, mentor, mentee):
    quick = open_call(relationship=pair, by=mentor)
    assert open_call(relationship=pair, by=mentee) == quick
    met = open_call(relationship=pair, by=mentee, occasion=MEETING)
    assert met != quick
    leave(Browser(met, mentor, mentee, "m"))
    assert open_call(relationship=pair, by=mentor, occasion=MEETING) != met


def test_a_meetings_calls_add_up_and_are_no_sessions(time, pair, mentor, mentee):
    for _ in range(2):
        call = open_call(relationship=pair, by=mentor, occasion=MEETING)
        mira, tomas = Browser(call, mentor, mentee, "m"), Browser(call, mentee, mentor, "t")
        go_on(time, mira, tomas, seconds=65)
        leave(mira, tomas)
    begun = [NOON, NOON + timedelta(seconds=65)]
    parts = (Part(mentor.pk, 65, 65, 65), Part(mentee.pk, 65, 65, 65))
    assert talks_of(MEETING) == [Talk(at, at + timedelta(seconds=65), 65, 65, 65, parts) for at in begun]
    assert [(fact.session, fact.occasion) for fact in facts()] == [(False, MEETING)] * 2
    assert talks_of("") == []


def test_a_need_at_the_time_excuses_the_call_for_good(time, talking, mentee):
    _, mira, tomas = talking
    go_on(time, mira, tomas, seconds=60, video=False, gets_video=False)
    state_needs(by=mentee, needs=frozenset([Need.NO_CAMERA]))
    leave(mira, tomas)
    state_needs(by=mentee, needs=frozenset())
    assert [fact.exemption for fact in facts()] == [Exemption.NEED]
    assert rebuild().unchanged == 1


def test_its_end_is_announced_once_inside_the_transaction(time, talking, pair):
    call, mira, tomas = talking
    told = []

    def hear(sender, **said):
        told.append(
            (said["call_id"], said["relationship_id"], said["occasion"], transaction.get_connection().in_atomic_block)
        )

    call_ended.connect(hear)
    try:
        leave(mira, tomas, tomas)
    finally:
        call_ended.disconnect(hear)
    assert told == [(call.pk, pair.pk, "", True)]


def test_the_end_of_a_relationship_ends_its_call_and_there_are_no_more(time, talking, pair, mentor):
    call, mira, tomas = talking
    go_on(time, mira, tomas, seconds=10)
    end_relationship(relationship=pair, by=mentor)
    assert Call.objects.get().closed_at == NOON + timedelta(seconds=10)
    assert [fact.together for fact in facts()] == [10]
    assert not may_enter(mentor.pk, call.pk)
    with pytest.raises(CallRefusedError):
        open_call(relationship=pair, by=mentor)
    assert Call.objects.count() == 1


def test_no_call_before_anybody_has_answered(time, mentor):
    with pytest.raises(CallRefusedError):
        open_call(relationship=begin_relationship(by=mentor, role=Role.MENTOR), by=mentor)


def test_running_calls_are_those_that_somebody_is_in(time, pair, mentor, mentee, stranger):
    call = open_call(relationship=pair, by=mentor)
    assert running_calls_of(mentee) == []
    mira = Browser(call, mentor, mentee, "m1")
    assert running_calls_of(mentee) == [RunningCall(call.pk, pair.pk, "", NOON, frozenset([mentor.pk]))]
    assert running_calls_of(stranger) == []
    leave(mira)
    assert running_calls_of(mentee) == []
    assert Presence.objects.get().by_choice


@pytest.mark.parametrize("number", [1, 3])
def test_running_calls_take_one_query_however_many(time, mentor, mentee, number, django_assert_num_queries):
    relationships = []
    for _ in range(number):
        relationship = begin_relationship(by=mentor, role=Role.MENTOR)
        join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
        Browser(open_call(relationship=relationship, by=mentor), mentor, mentee, f"m{relationship.pk.hex}")
        relationships.append(relationship.pk)
    with django_assert_num_queries(1):
        assert len(running_calls_in(relationships)) == number
