"""What people bring to a meeting and take from it: agenda, preparation, notes, and who does what."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.urls import reverse

from throughline.coediting.queries import text_of
from throughline.commitments.actions import complete, make_commitment
from throughline.commitments.models import Commitment
from throughline.foundation.ids import new_id
from throughline.meetings import actions
from throughline.meetings.domain.agenda import MOST_ITEMS, ItemEnd
from throughline.meetings.jobs import ask_for_preparations
from throughline.meetings.models import AgendaItem, Meeting, Notes, Preparation
from throughline.meetings.queries import agenda_of, agreed_for
from throughline.meetings.tests.scenes import FIRST, sign
from throughline.notices.actions import send_notice
from throughline.notices.models import Notice
from throughline.relationships.queries import members_of


@pytest.fixture
def meetings(pair):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
        yield list(Meeting.objects.order_by("start"))


def sent(client, person, name, *args, **values):
    client.force_login(person)
    return client.post(reverse(f"meetings:{name}", args=args), values)


def titles(person, meeting, **how) -> list[tuple[str, str | None]]:
    return [(item.title, item.end) for item in agenda_of(person, meeting, suggest=False, **how).items]


def test_either_adds_and_either_ends(client, meetings, mentor, mentee):
    first, once = meetings[0], str(new_id())
    for _twice in range(2):
        answer = sent(client, mentee, "agenda", first.pk, words="Which <i>journal</i>?", once=once)
        assert answer.headers["Location"] == reverse("meetings:meeting", args=[first.pk]) + "#agenda"
    sent(client, mentor, "agenda", first.pk, words="The figures")
    assert titles(mentor, first) == [("Which <i>journal</i>?", None), ("The figures", None)]
    item = AgendaItem.objects.get(by=mentee)
    for _twice in range(2):
        sent(client, mentor, "agenda-end", item.pk, "covered")
    assert titles(mentee, first) == [("The figures", None), ("Which <i>journal</i>?", ItemEnd.COVERED)]
    page = client.get(reverse("meetings:meeting", args=[first.pk])).content.decode()
    assert "Which &lt;i&gt;journal&lt;/i&gt;?" in page
    sent(client, mentor, "agenda-end", item.pk, "open")
    sent(client, mentor, "agenda-end", AgendaItem.objects.get(by=mentor).pk, "dropped")
    assert titles(mentee, first) == [("Which <i>journal</i>?", None)]


def test_what_nobody_talked_about_and_what_is_due_are_offered(client, meetings, pair, mentor, mentee):
    first, second = meetings[:2]
    for words in ("Left", "Talked about"):
        actions.add_to_agenda(meeting=first, by=mentor, words=words)
    actions.end_item(item=AgendaItem.objects.order_by("at", "pk").last(), by=mentor, end=ItemEnd.COVERED)
    due = first.start.date() + timedelta(days=6)
    owed = make_commitment(relationship=pair, owner=mentee, due=due, words="Ask two people")
    make_commitment(relationship=pair, owner=mentee, due=due + timedelta(days=60), words="Much later")
    offered = agenda_of(mentor, second, suggest=True)
    assert [item.title for item in offered.left] == ["Left"]
    assert [one.words for one in offered.promises] == ["Ask two people"]
    left = offered.left[0]
    for _twice in range(2):
        sent(client, mentor, "agenda", second.pk, carries=str(left.id))
        sent(client, mentor, "agenda", second.pk, thing=f"commitments.commitment:{owed.pk}")
    assert titles(mentor, second) == [("Left", None), ("Ask two people", None)]
    assert titles(mentor, first) == [("Left", ItemEnd.CARRIED), ("Talked about", ItemEnd.COVERED)]
    again = agenda_of(mentor, second, suggest=True)
    assert (again.left, again.promises) == ((), ())
    complete(commitment=owed, by=mentee)
    assert titles(mentee, second) == [("Left", None), ("Ask two people", None)]


def test_no_meeting_holds_more(client, meetings, mentor):
    for number in range(MOST_ITEMS):
        actions.add_to_agenda(meeting=meetings[0], by=mentor, words=f"Thing {number}")
    answer = sent(client, mentor, "agenda", meetings[0].pk, words="One more")
    assert AgendaItem.objects.count() == MOST_ITEMS
    assert "no meeting holds more" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_number_of_queries_does_not_grow(client, meetings, mentor, count, django_assert_num_queries):
    for number in range(count):
        actions.add_to_agenda(meeting=meetings[0], by=mentor, words=f"Thing {number}")
    with django_assert_num_queries(3):
        assert len(agenda_of(mentor, meetings[0], suggest=True).items) == count


def test_a_stranger_changes_nothing(client, meetings, mentor, stranger):
    first = meetings[0]
    item = actions.add_to_agenda(meeting=first, by=mentor, words="Ours")
    for name, args in (("agenda", [first.pk]), ("agenda-end", [item.pk, "covered"]), ("notes", [first.pk])):
        assert sent(client, stranger, name, *args, words="Mine").status_code == 404
    assert client.get(reverse("meetings:beside", args=[first.pk])).status_code == 404
    for act in (actions.add_to_agenda, actions.note_down):
        with pytest.raises(Http404):
            act(meeting=first, by=stranger, words="Mine")
    assert AgendaItem.objects.count() == 1


def test_others_items_do_not_come_over(client, meetings, mentor, coordinator):
    from throughline.relationships.actions import begin_relationship, join_relationship
    from throughline.relationships.domain.roles import Role

    mine = actions.add_to_agenda(meeting=meetings[0], by=mentor, words="Ours")
    other = begin_relationship(by=mentor, role=Role.MENTOR)
    join_relationship(relationship=other, by=coordinator, role=Role.MENTEE)
    sign(other)
    theirs = Meeting.objects.filter(relationship=other).order_by("start")[0]
    sent(client, mentor, "agenda", theirs.pk, carries=str(mine.pk))
    assert [item.title for item in agenda_of(coordinator, theirs, suggest=True).items] == []


@pytest.mark.parametrize("words", ["", "x" * 301])
def test_a_mistake_keeps_what_was_typed(client, meetings, mentor, words):
    answer = sent(client, mentor, "agenda", meetings[0].pk, words=words)
    assert answer.status_code == 422
    assert f'value="{words}"' in answer.content.decode() or not words


@pytest.mark.parametrize("thing", ["", "commitments.commitment:1", "none:01a20453-eaf5-774b-864e-8f2eb3c15672"])
def test_hostile_things_are_nothing(client, meetings, mentor, thing):
    assert sent(client, mentor, "agenda", meetings[0].pk, thing=thing).status_code == 404


def test_notes_are_one_document_begun_once(client, meetings, mentor, mentee):
    first = meetings[0]
    sent(client, mentor, "notes", first.pk)
    sent(client, mentee, "notes", first.pk, words="The figures come first.\r\n\r\nTomás asks.")
    notes = Notes.objects.get()
    assert (notes.meeting_id, notes.by) == (first.pk, mentor)
    assert text_of(notes.document_id).split("\n") == ["The figures come first.", "Tomás asks."]
    aside = client.get(reverse("meetings:beside", args=[first.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "The figures come first." in aside
    assert sent(client, mentee, "notes", first.pk, words=" ").status_code == 422


def test_who_does_what_stands_at_the_meeting(client, meetings, pair, mentor, mentee):
    client.force_login(mentor)
    here = reverse("meetings:meeting", args=[meetings[0].pk])
    values = {"words": "Send the list", "owner": str(mentee.pk), "due": "2026-10-09", "back": f"{here}#taken-on"}
    values |= {"origin": f"meetings.Meeting:{meetings[0].pk}", "once": str(new_id())}
    answer = client.post(reverse("commitments:list", args=[pair.pk]), values)
    assert answer.headers["Location"] == f"{here}#taken-on"
    assert re.search(r"taken-on.*Send the list", client.get(here).content.decode(), re.S)
    promise = Commitment.objects.get()
    assert (promise.origin_kind, promise.origin_id) == ("meetings.Meeting", meetings[0].pk)
    client.force_login(mentee)
    done = client.post(reverse("commitments:done", args=[promise.pk]), {"back": "https://elsewhere.example/"})
    assert done.headers["Location"] == reverse("commitments:list", args=[pair.pk])


def task_of(person, meeting):
    return agreed_for(
        person.pk, members_of(meeting.relationship_id), meeting.relationship_id, meeting.start, meeting.pk
    ).tasks[0]


def test_what_is_ready_is_posted_read_and_counted_by_its_first_time(client, meetings, mentor, mentee):
    """The agreement asks the mentee for three lines, a day before."""
    first = meetings[0]
    in_time = first.start - timedelta(hours=25)
    with time_machine.travel(in_time, tick=False):
        sent(client, mentee, "ready", first.pk, 0, **{"0-words": "Here they are"})
    with time_machine.travel(first.start - timedelta(hours=2), tick=False):
        sent(client, mentee, "ready", first.pk, 0, **{"0-words": "Here they are, with a fourth"})
    (post,) = task_of(mentor, first).posts
    assert (post.words, post.at, post.late) == ("Here they are, with a fourth", in_time, False)
    refused = sent(client, mentor, "ready", first.pk, 0, **{"0-words": "Mine"})
    assert refused.status_code == 422
    assert "Your words are still here" in refused.content.decode()
    assert Preparation.objects.count() == 1


def test_whoever_has_nothing_posted_is_reminded_once_a_day_ahead(meetings, mentor, mentee, mailoutbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    first = meetings[0]
    asked = Notice.objects.filter(kind="meetings.prepare")
    for hours, notices in ((49, 0), (47, 1), (46, 1), (25, 1)):
        with time_machine.travel(first.start - timedelta(hours=hours), tick=False):
            ask_for_preparations()
        assert asked.count() == notices
    with time_machine.travel(first.start - timedelta(hours=24), tick=False):  # Monday, nine o'clock for the mentee
        send_notice(notice_id=asked.get().pk)
    (told,) = mailoutbox
    assert (told.to, told.subject) == ([mentee.email], "Something to have ready for your meeting")
    assert "Three lines" not in told.body
    assert f"/meetings/{first.pk}/#prepare" in told.body
    with time_machine.travel(first.start - timedelta(hours=20), tick=False):
        actions.post_preparation(meeting=first, by=mentee, number=0, words="Late")
    assert [post.late for post in task_of(mentor, first).posts] == [True]


def test_nobody_is_reminded_of_what_is_there(meetings, mentee):
    first = meetings[0]
    with time_machine.travel(first.start - timedelta(days=3), tick=False):
        actions.post_preparation(meeting=first, by=mentee, number=0, words="Early")
    with time_machine.travel(first.start - timedelta(hours=30), tick=False):
        ask_for_preparations()
    assert not Notice.objects.filter(kind="meetings.prepare").exists()
    assert Preparation.objects.get().asked_at is not None
