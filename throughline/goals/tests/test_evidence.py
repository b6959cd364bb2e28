"""What shows a point: things of other rooms, picked by one tap, for whoever may see them, with its history kept."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from throughline.commitments.actions import make_commitment
from throughline.foundation.ids import new_id
from throughline.goals import actions
from throughline.goals.models import Correction, Link, Point
from throughline.goals.queries.page import goal_page_of
from throughline.meetings.models import Meeting
from throughline.meetings.tests.scenes import sign
from throughline.messaging.actions import send_message


@pytest.fixture(autouse=True)
def clock():
    """Stands still: that a goal was opened is noted once in five minutes, and that costs its page three queries."""
    with time_machine.travel(datetime(2026, 11, 2, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def goal(pair, mentee):
    return actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Submit it")


@pytest.fixture
def point(goal, mentee) -> Point:
    return actions.record_line(goal=goal, by=mentee, line="Chapter two is out")


@pytest.fixture
def message(pair, mentor):
    return send_message(relationship=pair, by=mentor, client_id=new_id(), text="The otter swims: <b>read</b> it")


def shown(person, goal):
    [line] = goal_page_of(person, goal).points
    return line.proof.thing.title if line.proof.thing else "", line.proof.link, len(line.before), line.corrected


def test_a_message_a_meeting_and_what_was_taken_on_are_one_tap_away(client, pair, goal, point, message, mentee) -> None:
    sign(pair)
    meeting = Meeting.objects.order_by("start")[0]
    Meeting.objects.filter(pk=meeting.pk).update(
        start=meeting.start.replace(year=2020), end=meeting.end.replace(year=2020)
    )
    make_commitment(relationship=pair, owner=mentee, due=date(2199, 1, 1), words="Read the reviews")
    client.force_login(mentee)
    address = reverse("goals:evidence", args=[point.pk])
    page = client.get(address).content.decode()
    for words in ("The otter swims: &lt;b&gt;read&lt;/b&gt; it", "Meeting on", "Read the reviews", "Your agreement"):
        assert words in page
    looked = client.get(address, {"q": "OTTER"}).content.decode()
    assert ("The otter" in looked, "Read the reviews" in looked) == (True, False)
    assert "Nothing here contains “zebra”" in client.get(address, {"q": "zebra"}).content.decode()
    for _twice in range(2):
        answer = client.post(address, {"thing": f"messaging.message:{message.pk}"})
        assert answer.url == f"{reverse('goals:goal', args=[goal.pk])}#p-{point.pk}"
    client.post(address, {"link": "example.org/paper"})
    assert shown(mentee, goal) == (f"Message from {message.sender.called}", "https://example.org/paper", 2, 0)
    client.post(address, {"drop": "thing"})
    assert shown(mentee, goal) == ("", "https://example.org/paper", 3, 0)
    assert [kept.before.get("thing") for kept in Correction.objects.order_by("number")] == [
        None,
        ["messaging.message", str(message.pk)],
        ["messaging.message", str(message.pk)],
    ]


def test_what_is_not_here_or_no_page_is_refused_and_nothing_is_lost(
    client, goal, point, message, stranger, mentee
) -> None:
    client.force_login(mentee)
    address = reverse("goals:evidence", args=[point.pk])
    for thing in (f"messaging.message:{new_id()}", f"nothing.here:{message.pk}", f"goals.goal:{message.pk}"):
        assert client.post(address, {"thing": thing}).status_code == 404
    answer = client.post(address, {"link": "javascript:alert(1)"})
    assert (answer.status_code, "javascript:alert(1)" in answer.content.decode()) == (422, True)
    assert client.post(address, {"thing": "nonsense"}).status_code == 422
    assert client.post(address, {"drop": "value"}).status_code == 404
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    assert (Point.objects.get().entry, Correction.objects.count()) == ({"note": "Chapter two is out"}, 0)


def test_a_point_that_is_nothing_but_its_page_keeps_it(client, goal, mentee) -> None:
    point = actions.record_value(goal=goal, by=mentee, evidence=actions.Evidence(link="https://example.org/"))
    client.force_login(mentee)
    client.post(reverse("goals:evidence", args=[point.pk]), {"drop": "link"})
    assert Point.objects.get().entry == {"link": "https://example.org/"}


def test_a_goal_goes_with_things_and_a_private_goal_is_named_to_nobody_else(
    client, pair, goal, message, mentor, mentee
) -> None:
    own = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Ask for more", private=True)
    client.force_login(mentee)
    address = reverse("goals:links", args=[goal.pk])
    assert "Ask for more" in client.get(address).content.decode()
    for key in (f"goals.goal:{own.pk}", f"messaging.message:{message.pk}", f"messaging.message:{message.pk}"):
        assert client.post(address, {"thing": key}).status_code == 302
    assert Link.objects.count() == 2
    assert [bool(proof.thing) for _id, proof in goal_page_of(mentee, goal).links] == [True, True]
    assert [bool(proof.thing) for _id, proof in goal_page_of(mentor, goal).links] == [False, True]
    client.force_login(mentor)
    assert "Ask for more" not in client.get(address).content.decode()


def test_a_line_brings_along_the_message_that_it_was_written_at(client, pair, goal, message, mentee) -> None:
    client.force_login(mentee)
    address, key = reverse("goals:progress", args=[pair.pk]), f"messaging.message:{message.pk}"
    assert "Shown by: Message from" in client.get(address, {"thing": key}).content.decode()
    assert client.post(address, {"goal": str(goal.pk), "line": "Read", "thing": key}).status_code == 302
    assert Point.objects.get().entry == {"note": "Read", "thing": ["messaging.message", str(message.pk)]}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_things_cost_a_page_no_query_each(client, goal, pair, mentor, mentee, count, django_assert_num_queries) -> None:
    for number in range(count):
        said = send_message(relationship=pair, by=mentor, client_id=new_id(), text=f"Read {number}")
        actions.record_line(
            goal=goal, by=mentee, line="Read", evidence=actions.Evidence(thing=("messaging.message", said.pk))
        )
    client.force_login(mentee)
    address = reverse("goals:goal", args=[goal.pk])
    client.get(address)
    with django_assert_num_queries(19):
        assert client.get(address).content.decode().count("Message from") == count
    picking = reverse("goals:evidence", args=[Point.objects.order_by("pk")[0].pk])
    client.get(picking)
    with django_assert_num_queries(11):
        assert client.get(picking).status_code == 200


def test_a_message_leads_to_the_progress_that_it_shows(client, pair, mentee, message) -> None:
    client.force_login(mentee)
    for name, key, end in (("message", message.pk, str(message.pk)), ("conversation", pair.pk, "")):
        page = reverse(f"messaging:{name}", args=[key])
        there = f'{reverse("goals:progress", args=[pair.pk])}?back={page}&amp;thing=messaging.message:{end}"'
        assert client.get(page).content.decode().count(there) == 1
