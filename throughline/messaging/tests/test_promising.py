"""The reply clock: a promised day stops it, days away move it, and only who is asked is told that it is over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from throughline.accounts.actions import be_away, be_back
from throughline.accounts.models import AbsenceRow
from throughline.commitments.domain.ends import Kept
from throughline.commitments.queries import commitments_in
from throughline.meetings.tests.scenes import sign
from throughline.messaging.actions import CannotSendError, delete_message, promise_answer, send_message
from throughline.messaging.models import Message
from throughline.messaging.queries import asked_in, messages_before
from throughline.relationships.things import open_items_of

TUESDAY = datetime(2026, 11, 24, 18, tzinfo=UTC)  # ten in the morning in Los Angeles, where the mentee answers
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)


def _send(pair, by, text="Could you send the draft?", **more):
    return send_message(relationship=pair, by=by, client_id=uuid4(), text=text, **more)


def _waits(person, pair):
    return [(item.act, item.due) for item in open_items_of(person, [pair.pk]) if "nswer" in item.act]


@pytest.fixture
def moving():
    with time_machine.travel(TUESDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def asked(moving, pair, mentor):
    sign(pair)
    return _send(pair, mentor, please_answer=True)


def test_a_promised_day_stops_the_clock_and_the_answer_keeps_it(moving, pair, mentor, mentee, asked):
    due = datetime(2026, 11, 25, 18, tzinfo=UTC)  # eight working hours
    assert (asked.answer_by, _waits(mentee, pair)) == (due, [("Mira Lindqvist asked for an answer", due)])
    for _ in range(2):  # a double click
        promise_answer(message=asked, by=mentee, day=FRIDAY)
    end_of_friday = datetime(2026, 11, 28, 7, 59, 59, 999999, tzinfo=UTC)
    moving.move_to(datetime(2026, 11, 27, 20, tzinfo=UTC))
    assert _waits(mentee, pair) == [("Answer Mira Lindqvist, as you said", end_of_friday)], "told once"
    moving.move_to(datetime(2026, 11, 28, 9, tzinfo=UTC))
    assert _waits(mentee, pair) == [("Answer Mira Lindqvist, or say when", end_of_friday)]
    assert _waits(mentor, pair) == []
    _send(pair, mentee, "Here it is")
    assert [(one.words, one.due, one.kept) for one in commitments_in(pair.pk)] == [
        ("Answer Mira Lindqvist", FRIDAY, Kept.LATE)
    ]
    [found] = asked_in(pair.pk, TUESDAY, datetime(2026, 12, 1, tzinfo=UTC))
    assert found.said == ((mentee.pk, end_of_friday),)


def test_a_day_moved_again_counts_by_the_first(moving, pair, mentee, asked):
    promise_answer(message=asked, by=mentee, day=THURSDAY)
    promise_answer(message=asked, by=mentee, day=FRIDAY)
    assert [(one.first_due, one.due) for one in commitments_in(pair.pk)] == [(THURSDAY, FRIDAY)]
    [found] = asked_in(pair.pk, TUESDAY, datetime(2026, 12, 1, tzinfo=UTC))
    assert [until for _who, until in found.said] == [datetime(2026, 11, 27, 7, 59, 59, 999999, tzinfo=UTC)]


def test_what_cannot_be_promised(moving, pair, mentor, mentee, asked):
    for by, day in ((mentor, FRIDAY), (mentee, date(2026, 11, 23)), (mentee, date(2027, 1, 1))):
        with pytest.raises(CannotSendError):
            promise_answer(message=asked, by=by, day=day)
    _send(pair, mentee, "Tomorrow")
    with pytest.raises(CannotSendError):
        promise_answer(message=asked, by=mentee, day=FRIDAY)
    assert commitments_in(pair.pk) == []


def test_a_question_taken_back_is_owed_no_answer(moving, pair, mentor, mentee, asked):
    promise_answer(message=asked, by=mentee, day=FRIDAY)
    delete_message(message=asked, by=mentor)
    assert [one.kept for one in commitments_in(pair.pk)] == [Kept.DROPPED]
    assert _waits(mentee, pair) == []


def test_days_away_that_are_said_later_move_the_clock_and_back(moving, pair, mentor, mentee, asked):
    before = asked.answer_by
    be_away(by=mentee, first=date(2026, 11, 25), last=date(2026, 11, 29))
    assert Message.objects.get().answer_by == datetime(2026, 11, 30, 18, tzinfo=UTC)
    be_away(by=mentor, first=date(2026, 11, 25), last=date(2026, 12, 29))
    assert Message.objects.get().answer_by == datetime(2026, 11, 30, 18, tzinfo=UTC), "whoever asked may be away"
    be_back(by=mentee, absence_id=AbsenceRow.objects.get(person=mentee).pk)
    assert Message.objects.get().answer_by == before
    _send(pair, mentee, "Here it is")
    be_away(by=mentee, first=date(2026, 11, 25), last=date(2026, 11, 29))
    assert Message.objects.order_by("number")[0].answer_by == before, "answered is answered"


def test_the_pages(client, moving, pair, mentor, mentee, stranger, asked):
    page, say = reverse("messaging:conversation", args=[pair.pk]), reverse("messaging:promise", args=[asked.pk])
    client.force_login(mentee)
    assert "Answer by" in client.get(page).content.decode()
    assert client.post(say, {"day": "2027-11-01"}).status_code == 422
    assert client.post(say, {"day": ""}).status_code == 422
    moving.move_to(datetime(2026, 11, 27, 1, tzinfo=UTC))
    assert "The time to answer is over" in client.get(page).content.decode()
    client.force_login(mentor)
    shown = client.get(page).content.decode()
    assert ("The time to answer is over" in shown, "Answer by" in shown) == (False, True)
    assert "does not wait for your answer" in client.get(say).content.decode()
    client.force_login(mentee)
    assert client.post(say, {"day": "2026-11-30"}).url == f"{page}?around=1#m1"
    assert "You answer by 30 Nov 2026" in strip_tags(client.get(page).content.decode())
    client.force_login(mentor)
    assert "Tomás Rivera answers by 30 Nov 2026" in strip_tags(client.get(page).content.decode())
    assert messages_before(pair.pk)[0].as_json()["promised"] == [[str(mentee.pk), "2026-11-30"]]
    client.force_login(stranger)
    assert (client.get(say).status_code, client.post(say, {"day": "2026-11-30"}).status_code) == (404, 404)
