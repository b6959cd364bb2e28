"""Being asked about a goal by mail: who wants to be, while it is quiet, once a week; and answering with one line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail as outgoing
from django.urls import reverse

from throughline.goals import actions
from throughline.goals.domain.mailed import line_in
from throughline.goals.domain.measure import Kind, Number
from throughline.goals.kinds import ANSWER
from throughline.goals.models import Asking, Point
from throughline.goals.receivers import take_answer
from throughline.notices.actions import answer_address, send_notice, take_in
from throughline.notices.domain.answers import Refused, answer_kind
from throughline.notices.models import Notice
from throughline.notices.tests.inbound import mail, taking_mail_in

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def goal(clock, pair, mentee):
    made = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="The otter swims at dusk")
    actions.measure_goal(goal=made, by=mentee, kind=Kind.NUMBER, content=Number("pages", 0, 100))
    return made


def after(clock, **later) -> int:
    clock.shift(timedelta(**later))
    return actions.ask_who_wants()


def test_nobody_is_asked_who_does_not_want_to_be(clock, goal) -> None:
    assert after(clock, days=60) == 0


def test_once_a_week_while_it_is_quiet_and_no_third_time(clock, goal, mentee) -> None:
    for _twice in range(2):
        actions.be_asked(goal=goal, by=mentee)
    assert [after(clock, days=6), after(clock, days=2), after(clock, hours=1), after(clock, days=6)] == [0, 1, 0, 0]
    actions.record_line(goal=goal, by=mentee, line="5")
    assert [after(clock, days=6), after(clock, days=2)] == [0, 1]
    assert [after(clock, days=7), after(clock, days=8), after(clock, days=9)] == [1, 0, 0]
    row = Asking.objects.get()
    assert (row.ignored, row.stopped_at is not None) == (2, True)


def test_of_several_goals_one_is_asked_about_in_a_week(clock, goal, pair, mentee) -> None:
    other = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Another")
    for one in (goal, other):
        actions.be_asked(goal=one, by=mentee)
    actions.record_line(goal=goal, by=mentee, line="5")
    assert [after(clock, days=8), after(clock, hours=1), after(clock, days=7)] == [1, 0, 1]
    assert [notice.thing_id for notice in Notice.objects.filter(kind="goals.ask").order_by("pk")] == [other.pk, goal.pk]


def test_not_about_one_that_has_ended_and_only_its_owner_asks_for_it(client, clock, goal, mentor, mentee) -> None:
    client.force_login(mentor)
    assert client.post(reverse("goals:asked", args=[goal.pk])).status_code == 403
    client.force_login(mentee)
    client.post(reverse("goals:asked", args=[goal.pk]))
    assert "Do not ask me by mail" in client.get(reverse("goals:goal", args=[goal.pk])).content.decode()
    actions.reach_goal(goal=goal, by=mentee)
    assert after(clock, days=30) == 0
    client.force_login(mentee)
    client.post(reverse("goals:asked", args=[goal.pk]), {"stop": "1"})
    assert Asking.objects.get().stopped_at is not None


def test_the_mail_says_nothing_of_what_the_goal_is_about(clock, goal, mentee) -> None:
    actions.be_asked(goal=goal, by=mentee)
    assert after(clock, days=8) == 1
    clock.shift(timedelta(hours=6))  # a mail waits for the morning of whoever gets it
    send_notice(notice_id=Notice.objects.get(kind="goals.ask").pk)
    [sent] = outgoing.outbox
    assert sent.subject == "How does your goal move?"
    assert "otter" not in sent.message().as_string()
    assert reverse("goals:goal", args=[goal.pk]) in sent.body


@pytest.fixture
def address(goal, mentee):
    with taking_mail_in():
        answer_kind(ANSWER, take_answer)
        yield answer_address(kind=ANSWER, person=mentee, goal_id=goal.pk)


def send(to, mentee, text, number=1):
    return take_in(raw=mail(text, sender=mentee.email, number=number), to=to)


def test_the_first_line_of_the_answer_is_recorded_once(address, goal, mentee) -> None:
    text = "42 pages, chapter two\r\n\r\nOn Monday, Throughline wrote:\r\n> How does it move?\r\n"
    for _twice in range(2):
        send(address, mentee, text)
    [point] = Point.objects.all()
    assert (point.entry, point.by_id) == ({"value": 42.0, "note": "chapter two"}, mentee.pk)


@pytest.mark.parametrize("text", ["> quoted alone\r\n", "42 chapters\r\n", "\r\n"])
def test_what_cannot_be_taken_is_refused_in_a_sentence_that_quotes_nothing(address, goal, mentee, text) -> None:
    with pytest.raises(Refused) as refused:
        send(address, mentee, text)
    assert "chapters" not in refused.value.sentence
    assert not Point.objects.exists()


def test_stop_ends_the_mails(address, goal, mentee) -> None:
    actions.be_asked(goal=goal, by=mentee)
    send(address, mentee, "STOP\r\n")
    assert (Asking.objects.get().stopped_at is not None, Point.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("+5\n\nMira", "+5"),
        ("\n  42 pages, done  \n", "42 pages, done"),
        ("On Monday, Mira wrote:\n> How?\n\nStuck on figure 6", "Stuck on figure 6"),
        ("On Monday, Mira Lindqvist\n<mira@example.org> wrote:\n\n> How?\n> And?\n7", "7"),
        ("Two things:\n- one\n- two", "Two things:"),
        ("--\nMira", ""),
        ("> a\n>> b", ""),
        ("x" * 600, "x" * 500),
    ],
)
def test_the_line_of_a_mail(text, line) -> None:
    assert line_in(text) == line
