"""Replies, edits, signs and deletion: once, for those two alone, and the fact of contact stays."""

from __future__ import annotations

from uuid import uuid4

import pytest

from throughline.foundation.live.topics import Seat
from throughline.ledger.models import FactRow
from throughline.messaging.actions import CannotSendError, delete_message, edit_message, react, send_message
from throughline.messaging.models import Reaction, Wording
from throughline.messaging.queries import (
    asked_in,
    changed_after,
    earlier_words_of,
    messages_before,
    oldest_unseen,
    open_items_of,
    place_of,
)
from throughline.messaging.sockets import ConversationTopic
from throughline.relationships.actions import begin_relationship, end_relationship
from throughline.relationships.domain.roles import Role

TOPIC = ConversationTopic()


@pytest.fixture
def sent(pair, mentee):
    return _send(pair, mentee, "The **draft** is\nready")


def _send(pair, by, text, **more):
    return send_message(relationship=pair, by=by, client_id=more.pop("client_id", uuid4()), text=text, **more)


def _shown(pair):
    return messages_before(pair.pk)


def _seat(pair, person):
    return Seat("c1", person.pk, f"conversation:{pair.pk}", pair.pk)


def test_a_reply_shows_the_first_words_of_what_it_answers(pair, mentor, mentee, sent):
    _send(pair, mentor, "Thank you", answers=sent.pk)
    quoted = _shown(pair)[1].quoted
    assert (quoted.number, quoted.sender_id, quoted.words) == (1, mentee.pk, "The draft is ready")


def test_a_reply_never_reaches_into_another_conversation(mentor, mentee, sent):
    other = begin_relationship(by=mentor, role=Role.MENTOR)
    with pytest.raises(CannotSendError):
        _send(other, mentor, "Thank you", answers=sent.pk)


def test_an_edit_keeps_what_was_said_before_for_both(pair, mentor, mentee, sent):
    edit_message(message=sent, by=mentee, text="The draft is nearly ready")
    edit_message(message=sent, by=mentee, text="The draft is nearly ready")  # a double click
    assert [wording.text for wording in earlier_words_of(sent)] == ["The **draft** is\nready"]
    [line] = _shown(pair)
    assert (line.html, line.edited, line.change) == ("<p>The draft is nearly ready</p>\n", True, 1)


def test_only_its_writer_changes_a_message(pair, mentor, sent):
    for act in (
        lambda: edit_message(message=sent, by=mentor, text="x"),
        lambda: delete_message(message=sent, by=mentor),
    ):
        with pytest.raises(CannotSendError):
            act()
    assert place_of(pair.pk) == (1, 0)


@pytest.mark.parametrize("text", ["", "  ", "x" * 20_001])
def test_an_edit_is_a_message_too(mentee, sent, text):
    with pytest.raises(CannotSendError):
        edit_message(message=sent, by=mentee, text=text)
    assert not Wording.objects.exists()


def test_deleting_takes_all_words_and_leaves_the_fact(pair, mentor, mentee, sent):
    edit_message(message=sent, by=mentee, text="Other words")
    react(message=sent, by=mentor, sign="👍")
    _send(pair, mentor, "Which draft?", answers=sent.pk)
    for _ in range(2):
        delete_message(message=sent, by=mentee)
    line, reply = _shown(pair)
    assert (line.html, line.deleted, line.edited, line.signs, reply.quoted.words) == ("", True, False, (), "")
    assert not Wording.objects.exists()
    assert not Reaction.objects.exists()
    assert FactRow.objects.filter(source=f"messaging.Message:{sent.pk}").count() == 1
    for act in (
        lambda: edit_message(message=sent, by=mentee, text="x"),
        lambda: react(message=sent, by=mentor, sign="👍"),
    ):
        with pytest.raises(CannotSendError):
            act()


def test_a_question_taken_back_asks_nobody(pair, mentor, mentee):
    asked = _send(pair, mentor, "Could you?", please_answer=True)
    delete_message(message=asked, by=mentor)
    assert list(open_items_of(mentee, [pair.pk])) == []
    assert asked_in(pair.pk, asked.sent_at, asked.sent_at) == []
    assert oldest_unseen(mentee.pk, pair.pk) is None


def test_one_sign_each_and_no_contact(pair, mentor, mentee, sent):
    before = FactRow.objects.count()
    for sign in ("👍", "👍", "🎉"):
        react(message=sent, by=mentor, sign=sign)
    react(message=sent, by=mentee, sign="🎉")
    assert _shown(pair)[0].signs == (("🎉", (mentor.pk, mentee.pk)),)
    for person in (mentor, mentee):
        react(message=sent, by=person, sign="")
    assert _shown(pair)[0].signs == ()
    assert FactRow.objects.count() == before
    with pytest.raises(CannotSendError):
        react(message=sent, by=mentor, sign="<b>")


def test_what_was_lost_is_sent_again_although_it_was_edited_or_deleted_since(pair, mentee):
    client_id = uuid4()
    sent = _send(pair, mentee, "one", client_id=client_id)
    edit_message(message=sent, by=mentee, text="two")
    assert _send(pair, mentee, "one", client_id=client_id) == sent
    with pytest.raises(CannotSendError):
        _send(pair, mentee, "two", client_id=client_id)
    delete_message(message=sent, by=mentee)
    assert _send(pair, mentee, "one", client_id=client_id) == sent


def test_after_the_end_one_may_delete_and_nothing_else(pair, mentor, mentee, sent):
    end_relationship(relationship=pair, by=mentor)
    for act in (
        lambda: edit_message(message=sent, by=mentee, text="x"),
        lambda: react(message=sent, by=mentor, sign="👍"),
    ):
        with pytest.raises(CannotSendError):
            act()
    assert delete_message(message=sent, by=mentee).deleted


def test_who_comes_back_is_sent_the_changes(pair, mentor, mentee, sent):
    other = _send(pair, mentee, "two")
    react(message=sent, by=mentor, sign="👍")
    edit_message(message=other, by=mentee, text="three")
    react(message=sent, by=mentor, sign="🎉")
    assert [(line.number, line.change) for line in changed_after(pair.pk, 0)] == [(2, 2), (1, 3)]
    frames = TOPIC.joined(_seat(pair, mentor), {"number": 2, "change": 2})
    assert [(frame["type"], frame["number"]) for frame in frames] == [("changed", 1)]
    assert TOPIC.received(_seat(pair, mentor), {"after": 2, "change": 1})["missing"][0]["html"] == "<p>three</p>\n"


def test_the_socket_does_what_the_actions_do(pair, mentor, mentee, sent):
    own, others = _seat(pair, mentee), _seat(pair, mentor)
    assert TOPIC.received(own, {"words": str(sent.pk)}) == {"text": "The **draft** is\nready"}
    assert TOPIC.received(own, {"edit": str(sent.pk), "text": "x"})["message"]["edited"]
    assert TOPIC.received(others, {"react": str(sent.pk), "sign": "👍"})["message"]["signs"] == [
        ["👍", [str(mentor.pk)]]
    ]
    assert TOPIC.received(others, {"delete": str(sent.pk)})["refused"] == "Only whoever wrote a message can delete it."
    assert TOPIC.received(own, {"delete": str(sent.pk)})["message"]["deleted"]
    for wrong in ({"edit": "x", "text": "y"}, {"react": str(uuid4()), "sign": "👍"}, {"text": "x", "answers": [1]}):
        assert TOPIC.received(own, wrong)["refused"].endswith(".")


def test_the_socket_of_one_conversation_changes_nothing_in_another(mentor, mentee, sent):
    other = begin_relationship(by=mentee, role=Role.MENTOR)
    answer = TOPIC.received(_seat(other, mentee), {"delete": str(sent.pk)})
    assert answer == {"refused": "This message is not there any more."}
