"""What the socket's topic answers, at the level of its frames."""

from __future__ import annotations

from uuid import uuid4

import pytest

from throughline.foundation.live.topics import Seat
from throughline.messaging.actions import send_message
from throughline.messaging.domain.limits import CATCH_UP
from throughline.messaging.sockets import ConversationTopic

TOPIC = ConversationTopic()


def _seat(pair, person):
    return Seat("c1", person.pk, f"conversation:{pair.pk}", pair.pk)


def test_only_members_may_join(pair, mentor, stranger):
    assert TOPIC.may_join(mentor.pk, pair.pk)
    assert not TOPIC.may_join(stranger.pk, pair.pk)


def test_who_comes_back_is_sent_the_rest(pair, mentor, mentee):
    for text in ("one", "two", "three"):
        send_message(relationship=pair, by=mentor, client_id=uuid4(), text=text)
    frames = TOPIC.joined(_seat(pair, mentee), 1)
    assert [frame["number"] for frame in frames if frame["type"] == "message"] == [2, 3]


@pytest.mark.parametrize("seen", [None, "3", -1, True, 2**70, [], {}])
def test_a_hostile_marker_means_the_beginning(pair, mentor, seen):
    send_message(relationship=pair, by=mentor, client_id=uuid4(), text="one")
    assert [frame["number"] for frame in TOPIC.joined(_seat(pair, mentor), seen)] == [1]


def test_sending_twice_is_acknowledged_twice_and_kept_once(pair, mentor):
    frame = {"text": "Hello", "client_id": str(uuid4())}
    first = TOPIC.received(_seat(pair, mentor), frame)
    assert first["message"]["number"] == 1
    assert TOPIC.received(_seat(pair, mentor), frame) == first


@pytest.mark.parametrize(
    "frame", [{}, {"text": "x"}, {"text": "x", "client_id": "1"}, {"text": "", "client_id": str(uuid4())}]
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(pair, mentor, frame):
    assert TOPIC.received(_seat(pair, mentor), frame)["refused"].endswith(".")


def test_whoever_missed_more_than_comes_at_once_asks_for_the_rest(pair, mentor, mentee):
    for index in range(CATCH_UP + 1):
        send_message(relationship=pair, by=mentor, client_id=uuid4(), text=str(index))
    seat = _seat(pair, mentee)
    assert TOPIC.joined(seat, 0)[-1] == {"type": "more"}
    assert [frame["number"] for frame in TOPIC.received(seat, {"after": CATCH_UP})["missing"]] == [CATCH_UP + 1]
