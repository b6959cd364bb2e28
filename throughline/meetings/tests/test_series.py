"""The series follows the agreement in force: planned, kept, replaced, topped up, paused and ended."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from throughline.agreements.signals import agreement_signed
from throughline.meetings.actions import AHEAD, top_up
from throughline.meetings.jobs import top_up_all
from throughline.meetings.models import Meeting, Series, Withdrawal
from throughline.meetings.queries import future_count_of, next_meetings_of, still_standing, upcoming_meetings_of
from throughline.meetings.tests.scenes import FIRST, TUESDAYS, sign
from throughline.relationships.actions import accept_pause, end_relationship, propose_pause
from throughline.relationships.queries import pauses_of


@pytest.fixture(autouse=True)
def first_of_october():
    with time_machine.travel(FIRST, tick=False) as traveller:
        yield traveller


def changed(**values):
    return type(TUESDAYS)(**{**TUESDAYS.__dict__, **values})


def starts() -> list[datetime]:
    return list(still_standing(Meeting.objects.order_by("start")).values_list("start", flat=True))


def test_signing_plans_eight_meetings_in_each_ones_local_time(pair):
    sign(pair)
    assert starts() == [
        *(datetime(2026, 10, day, 16, tzinfo=UTC) for day in (6, 13, 20)),
        datetime(2026, 10, 27, 17, tzinfo=UTC),
        *(datetime(2026, 11, day, 17, tzinfo=UTC) for day in (3, 10, 17, 24)),
    ]
    assert {meeting.end - meeting.start for meeting in Meeting.objects.all()} == {timedelta(minutes=50)}


def test_the_same_version_announced_twice_plans_once(pair):
    version = sign(pair)
    agreement_signed.send(None, relationship_id=pair.pk, version_id=version.pk)
    assert (Series.objects.count(), Meeting.objects.count()) == (1, AHEAD)


def test_a_new_version_with_the_same_schedule_keeps_every_meeting(pair):
    sign(pair)
    before = list(Meeting.objects.values_list("pk", flat=True))
    sign(pair, changed(first=date(2026, 10, 6)))
    assert list(Meeting.objects.values_list("pk", flat=True)) == before
    assert Withdrawal.objects.count() == 0


def test_another_schedule_replaces_what_is_to_come_and_nothing_else(pair, first_of_october):
    sign(pair)
    first, second, third = Meeting.objects.order_by("start")[:3]
    first_of_october.move_to(second.start - timedelta(minutes=5))  # the second one's door is open
    version = sign(pair, changed(weekday=3, time=time(9)))
    assert starts()[:4] == [
        first.start,
        second.start,
        datetime(2026, 10, 15, 7, tzinfo=UTC),
        datetime(2026, 10, 22, 7, tzinfo=UTC),
    ]
    assert third.start not in starts()
    assert Withdrawal.objects.get(meeting=third).version_id == version.pk
    assert Series.objects.filter(ended_at=None).count() == 1


def test_time_passing_the_job_keeps_meetings_ahead(pair, first_of_october):
    sign(pair)
    first_of_october.shift(timedelta(days=40))
    top_up_all()
    assert future_count_of(pair.pk, FIRST + timedelta(days=40)) == AHEAD
    top_up_all()
    top_up(relationship_id=pair.pk)
    assert future_count_of(pair.pk, FIRST + timedelta(days=40)) == AHEAD


def test_nothing_is_planned_after_the_last_date(pair):
    sign(pair, changed(last=date(2026, 10, 13)))
    top_up_all()
    assert [start.day for start in starts()] == [6, 13]


def test_a_pause_that_both_accepted_is_planned_past(pair, mentor, mentee):
    sign(pair)
    pause = propose_pause(relationship=pair, by=mentor, first_day=date(2026, 10, 12), last_day=date(2026, 11, 8))
    accept_pause(pause=pause, by=mentee)
    assert len(pauses_of(pair.pk)) == 1
    assert len(starts()) == AHEAD + 4
    assert future_count_of(pair.pk, FIRST) == AHEAD
    assert [upcoming.in_pause for upcoming in next_meetings_of(pair.pk, 6)] == [False, True, True, True, True, False]


def test_ending_the_relationship_leaves_nothing_to_come(pair, mentor):
    sign(pair)
    end_relationship(relationship=pair, by=mentor, reflection="Done what we set out to do.")
    assert starts() == []
    top_up_all()
    assert starts() == []


def test_today_asks_for_the_soonest_of_all_pairs_with_one_number_of_queries(
    pair, mentor, stranger, django_assert_num_queries
):
    sign(pair)
    with django_assert_num_queries(4):
        found = upcoming_meetings_of(mentor, 2)
    assert [upcoming.start.day for upcoming in found] == [6, 13]
    assert upcoming_meetings_of(stranger, 2) == []
