"""Meeting elsewhere: the link, going there, and what one says and the other confirms."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from throughline.ledger.actions import Rebuilt, rebuild
from throughline.ledger.domain.facts import Kind, Medium
from throughline.ledger.queries import contacts_of
from throughline.meetings.actions import (
    CannotChangeError,
    CannotJoinError,
    answer_report,
    go_elsewhere,
    leave_outside_room,
    report_meeting,
    use_outside_room,
)
from throughline.meetings.domain.elsewhere import Way
from throughline.meetings.domain.outcomes import Outcome
from throughline.meetings.domain.rooms import Room, RoomError, room_of
from throughline.meetings.jobs import settle_all
from throughline.meetings.models import Meeting, OutsideJoin, SelfReport, SelfReportAnswer
from throughline.meetings.queries import outcomes_of, outside_room_of
from throughline.meetings.tests.scenes import FIRST, sign, talk
from throughline.meetings.tests.test_pages import words
from throughline.practices.queries import measures_of

LATER = FIRST + timedelta(days=365)
JITSI = "https://meet.jit.si/HeronsAtDusk"


@pytest.fixture
def meeting(pair):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    return Meeting.objects.order_by("start").first()


@pytest.fixture
def afterwards(meeting):
    with time_machine.travel(meeting.planned.closes_at + timedelta(hours=1), tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize(
    ("url", "host", "name"),
    [
        ("https://us02web.zoom.us/j/123?pwd=x", "us02web.zoom.us", "Zoom"),
        (" https://teams.microsoft.com/l/meetup-join/1 ", "teams.microsoft.com", "Microsoft Teams"),
        ("HTTPS://Meet.Google.com/abc-defg-hij", "meet.google.com", "Google Meet"),
        ("https://meet.university.example/r/1", "meet.university.example", ""),
        ("https://zoom.us.evil.example/j/1", "zoom.us.evil.example", ""),
        ("https://zооm.us/j/1", "xn--zm-fmca.us", ""),  # two letters are Cyrillic
    ],
)
def test_a_room_says_its_host_plainly(url, host, name):
    assert room_of(url) == Room(url.strip(), host, name)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://zoom.us/j/1", "https"),
        ("javascript:alert(1)", "https"),
        ("zoom.us/j/1", "https"),
        ("https://zoom.us@evil.example/", "secret"),
        ("https://192.168.1.1/", "host"),
        ("https://[::1]/", "host"),
        ("https://localhost/", "host"),
        ("https://router.local/", "host"),
        ("https://", "host"),
        ("https://zoom.us/a b", "shape"),
        ("https://zoom.us:99999/", "shape"),
        ("https://zoom.us/" + "a" * 600, "shape"),
        ("", "shape"),
    ],
)
def test_anything_else_is_refused(url, fault):
    with pytest.raises(RoomError, match=fault):
        room_of(url)


def test_said_by_one_and_confirmed_by_the_other_it_counts_apart(pair, meeting, afterwards, mentor, mentee):
    settle_all()
    report = report_meeting(meeting=meeting, by=mentor, started_at=meeting.start, minutes=45, way=Way.VIDEO)
    assert report_meeting(meeting=meeting, by=mentor, started_at=meeting.start, minutes=45, way=Way.VIDEO) == report
    (before,) = outcomes_of(pair.pk, FIRST, LATER)
    assert (before.outcome, before.due, before.self_reported) == (Outcome.NOBODY_CAME, True, False)
    with pytest.raises(CannotChangeError, match="said this yourself"):
        answer_report(report=report, by=mentor, confirmed=True)
    assert answer_report(report=report, by=mentee, confirmed=True).confirmed
    assert answer_report(report=report, by=mentee, confirmed=False).confirmed  # the first answer stands
    (after,) = outcomes_of(pair.pk, FIRST, LATER)
    assert (after.due, after.self_reported, after.held) == (False, True, False)
    (contact,) = contacts_of(pair.pk, FIRST, LATER)
    assert (contact.kind, contact.medium, contact.self_reported) == (Kind.ELSEWHERE, Medium.VIDEO, True)
    assert rebuild() == Rebuilt(unchanged=1, written=0, removed=0)
    [protected] = [m for m in measures_of(pair.pk, afterwards_now()) if m.id == "protected-time"]
    assert {part.id: part.words for part in protected.parts}["self-reported"] == "1"
    assert protected.words == "Nothing to count yet"


def afterwards_now():
    from throughline.foundation import clock

    return clock.now()


def test_not_so_counts_for_nothing_and_may_be_said_anew(meeting, afterwards, mentor, mentee):
    wrong = report_meeting(meeting=meeting, by=mentor, started_at=meeting.start, minutes=45, way=Way.VOICE)
    answer_report(report=wrong, by=mentee, confirmed=False)
    right = report_meeting(meeting=meeting, by=mentee, started_at=meeting.start, minutes=20, way=Way.VOICE)
    answer_report(report=right, by=mentor, confirmed=True)
    assert (SelfReport.objects.get(), SelfReportAnswer.objects.get().confirmed) == (right, True)
    with pytest.raises(CannotChangeError, match="has confirmed"):
        report_meeting(meeting=meeting, by=mentor, started_at=meeting.start, minutes=50, way=Way.VIDEO)


def test_what_was_held_here_is_nothing_to_report(pair, meeting, mentor, mentee, afterwards):
    talk(pair, meeting, [mentor, mentee], minutes=40)
    with pytest.raises(CannotChangeError, match="held here"):
        report_meeting(meeting=meeting, by=mentor, started_at=meeting.start, minutes=40, way=Way.VIDEO)


@pytest.mark.parametrize(("late", "minutes"), [(-8 * 24, 40), (0, 0), (0, 601), (3, 40)])
def test_an_unlikely_story_is_asked_again(meeting, afterwards, mentor, late, minutes):
    with pytest.raises(CannotChangeError, match="when you really met"):
        report_meeting(
            meeting=meeting, by=mentor, started_at=meeting.start + timedelta(hours=late), minutes=minutes, way=Way.VIDEO
        )


def test_going_there_is_one_click_each_and_no_shows_name_who_came(pair, meeting, mentor, mentee):
    use_outside_room(relationship=pair, by=mentor, url=JITSI)
    use_outside_room(relationship=pair, by=mentee, url=JITSI)
    assert (outside_room_of(pair.pk).host, outside_room_of(pair.pk).by_id) == ("meet.jit.si", mentor.pk)
    early = time_machine.travel(meeting.start - timedelta(hours=1), tick=False)
    with early, pytest.raises(CannotJoinError, match="ten minutes before"):
        go_elsewhere(meeting=meeting, by=mentor)
    with time_machine.travel(meeting.start, tick=False):
        assert go_elsewhere(meeting=meeting, by=mentor).url == JITSI
        go_elsewhere(meeting=meeting, by=mentor)
    assert OutsideJoin.objects.count() == 1
    with time_machine.travel(meeting.planned.closes_at, tick=False):
        settle_all()
    (alone,) = outcomes_of(pair.pk, FIRST, LATER)
    assert (alone.outcome, alone.due) == (Outcome.ONE_CAME, True)
    with time_machine.travel(meeting.end, tick=False):
        go_elsewhere(meeting=meeting, by=mentee)
    (both,) = outcomes_of(pair.pk, FIRST, LATER)
    assert (both.due, both.self_reported) == (False, False)  # not missed, and nobody has told of it yet
    leave_outside_room(relationship=pair, by=mentee)
    with time_machine.travel(meeting.start, tick=False), pytest.raises(CannotJoinError, match="meet here again"):
        go_elsewhere(meeting=meeting, by=mentor)


def test_the_pages_from_link_to_confirmation(client, pair, meeting, mentor, mentee, stranger):
    client.force_login(mentor)
    room = reverse("meetings:room", args=[pair.pk])
    wrong = client.post(room, {"url": "http://zoom.us/j/1"})
    assert wrong.status_code == 422
    assert "must begin with https" in words(wrong)
    assert client.post(room, {"url": JITSI}).status_code == 302
    page, go = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("meeting", "go"))
    with time_machine.travel(meeting.start, tick=False):
        assert "You meet elsewhere: meet.jit.si. (Jitsi Meet)" in words(client.get(page))
        going = client.post(go)
    assert (going.status_code, going["Refresh"]) == (200, f"1; url={JITSI}")
    say, answer = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("report", "answer_report"))
    with time_machine.travel(meeting.end + timedelta(hours=2), tick=False):
        assert client.post(answer, {"confirmed": "yes"}).status_code == 404
        assert client.post(say, {"day": "2026-10-06", "time": "18:00", "minutes": "x"}).status_code == 422
        said = {"day": "2026-10-06", "time": "18:05", "minutes": "45", "way": "video"}
        assert client.post(say, said).status_code == 302
        client.force_login(mentee)
        asked = words(client.get(page))
        assert "Mira Lindqvist said: met elsewhere on Tue 6 Oct, 09:05, for 45 min, with cameras." in asked
        client.post(answer, {"confirmed": "yes"})
        assert "Self-reported" in words(client.get(page))
        client.force_login(stranger)
        assert {client.get(address).status_code for address in (page, say, room)} == {404}
        assert {client.post(address).status_code for address in (go, answer)} == {404}
