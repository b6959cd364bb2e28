"""A pair's meetings in the calendars of both: planned, moved, called off, in a pause."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import time_machine

from throughline.accounts.actions import set_windows
from throughline.accounts.domain.availability import Window
from throughline.calendars.models import BusyTime, Event, Run, Source
from throughline.foundation.jobs.runner import run_ready
from throughline.meetings.actions import answer_move, ask_move, cancel_meeting
from throughline.meetings.actions.in_calendars import keep_in_calendars
from throughline.meetings.models import Meeting
from throughline.meetings.queries import slots_of
from throughline.meetings.tests.scenes import FIRST, sign


def signed(pair) -> None:
    sign(pair)
    run_ready()


def in_calendar_of(person) -> list[datetime]:
    rows = Event.objects.filter(person=person, cancelled_at=None).order_by("start")
    return list(rows.values_list("start", flat=True))


def test_what_is_planned_stands_in_both_calendars(pair, mentor, mentee):
    with time_machine.travel(FIRST, tick=False):
        signed(pair)
        starts = list(Meeting.objects.order_by("start").values_list("start", flat=True))
        assert in_calendar_of(mentor) == in_calendar_of(mentee) == starts
        run = Run.objects.get(person=mentor)
        assert (run.rule, run.zone, run.start) == ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TU", "Europe/Berlin", starts[0])
        before = list(Event.objects.values())
        keep_in_calendars(relationship_id=pair.pk)
        assert list(Event.objects.values()) == before


def test_a_move_and_a_cancellation_follow(pair, mentor, mentee):
    with time_machine.travel(FIRST, tick=False):
        signed(pair)
        first, second, *_ = Meeting.objects.order_by("start")
        request = ask_move(occurrence=first, by=mentor, to=first.start + timedelta(hours=2), reason="A train")
        run_ready()
        assert in_calendar_of(mentee)[0] == first.start  # nothing moves before the other agrees
        answer_move(request=request, by=mentee, accepted=True)
        cancel_meeting(meeting=second, by=mentee, reason="Ill")
        run_ready()
    event = Event.objects.get(person=mentor, source=first.occasion)
    assert (event.start, event.recurrence, event.sequence) == (first.start + timedelta(hours=2), first.start, 1)
    assert Event.objects.get(person=mentor, source=second.occasion).cancelled_at is not None


def test_a_refused_wish_writes_the_block_out_once_more(pair, mentor, mentee):
    with time_machine.travel(FIRST, tick=False):
        signed(pair)
        first = Meeting.objects.order_by("start")[0]
        request = ask_move(occurrence=first, by=mentor, to=first.start + timedelta(hours=2), reason="A train")
        Event.objects.filter(person=mentor, source=first.occasion).update(answer="countered")
        answer_move(request=request, by=mentee, accepted=False)
    event = Event.objects.get(person=mentor, source=first.occasion)
    assert (event.start, event.sequence, event.answer) == (first.start, 1, "")
    assert Event.objects.get(person=mentee, source=first.occasion).sequence == 0


def test_what_a_calendar_elsewhere_takes_is_not_offered(pair, mentor, mentee):
    with time_machine.travel(FIRST, tick=False):
        set_windows(by=mentor, windows=[Window(3, time(16), time(20))])
        set_windows(by=mentee, windows=[Window(day, time(7), time(11)) for day in range(5)])
        assert [slot.time for slot in slots_of(mentor, pair.pk, 50).slots] == [time(17), time(18)]
        source = Source(person=mentor, kind="address", host="example.org", digest="1")
        source.way = {"url": "https://example.org/"}
        source.save()
        thursday = datetime(2026, 10, 1, 15, tzinfo=UTC)
        BusyTime.objects.bulk_create(
            BusyTime(source=source, start=thursday + timedelta(weeks=n), end=thursday + timedelta(weeks=n, minutes=50))
            for n in range(27)
        )
        slots = slots_of(mentee, pair.pk, 50).slots
    assert time(17) not in [slot.time for slot in slots if slot.always]
