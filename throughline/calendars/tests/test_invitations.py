"""Invitations to a real mail server, and answers in the shapes that the standards (RFC 5546, RFC 6047) and the
documentation of Google Calendar, Outlook and Apple Calendar describe. They are no captures of those programs.
"""

from __future__ import annotations

import dataclasses
import socket
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as policy
from unittest.mock import patch

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from icalendar import Calendar

from throughline.accounts.actions import be_away
from throughline.calendars.actions import choose_mail
from throughline.calendars.models import Event, Run
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.runner import run_ready
from throughline.meetings.actions import answer_move, ask_move, cancel_meeting
from throughline.meetings.models import ChangeRequest, Meeting
from throughline.meetings.tests.scenes import FIRST, begin, sign
from throughline.notices import threads
from throughline.notices.actions import answers, take_in
from throughline.notices.domain.answers import Refused
from throughline.notices.mailserver import settings_from

AWAKE = FIRST + timedelta(hours=7)  # 18:00 in Berlin, 9:00 in Los Angeles: no mail waits for the morning


@contextmanager
def taking_mail_in():
    env = dataclasses.replace(ENV, inbound_domain="reply.example.org")
    with patch.object(answers, "ENV", env), patch.object(threads, "ENV", env):
        yield


@pytest.fixture
def scene(mentor, mentee):
    """A signed series whose first invitations have gone; quiet hours are over."""
    with taking_mail_in(), time_machine.travel(AWAKE, tick=False):
        pair = begin(mentor, mentee)
        sign(pair)
        run_ready()
        yield pair


def parts_of(message) -> tuple[str, Calendar]:
    whole = message_from_bytes(message.message().as_bytes(), policy=policy)
    [part] = [part for part in whole.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_content_charset() == "utf-8"
    return str(part.get_param("method")), Calendar.from_ical(part.get_content())


def sent_to(person, since: int = 0):
    """Mails with a calendar part, the newest last."""
    mine = [message for message in mail.outbox[since:] if message.to == [person.email]]
    return [message for message in mine if b"text/calendar" in message.message().as_bytes()]


def organizer_of(message) -> str:
    [event, *_] = parts_of(message)[1].walk("VEVENT")
    return str(event["ORGANIZER"]).removeprefix("mailto:")


def reply(person, message, partstat="DECLINED", *, method="REPLY", shape="google", subject="Declined: Mentoring",
          headers="", **lines) -> bytes:  # fmt: skip
    """lines: replaced or added properties of the VEVENT, by name; None takes one out."""
    event = parts_of(message)[1].walk("VEVENT")[0]
    said = {
        "DTSTART": event["DTSTART"].dt.strftime("%Y%m%dT%H%M%S"), "UID": str(event["UID"]),
        "SEQUENCE": str(event["SEQUENCE"]), "DTSTAMP": "20261001T100000Z",
        "ORGANIZER": str(event["ORGANIZER"]), "ATTENDEE;PARTSTAT=" + partstat: f"mailto:{person.email}", **lines,
    }  # fmt: skip
    said["DTSTART;TZID=Europe/Berlin"] = said.pop("DTSTART")
    body = [f"{name}:{value}" for name, value in said.items() if value is not None]
    calendar = "\r\n".join(
        ["BEGIN:VCALENDAR", "PRODID:-//x//x//EN", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", *body,
         "END:VEVENT", "END:VCALENDAR", ""]
    )  # fmt: skip
    kind = f'text/calendar; charset="UTF-8"; method={method}'
    text = "Content-Type: text/plain; charset=utf-8\r\n\r\nTomás has declined.\r\n"
    if shape == "outlook":  # one part alone, in base64
        import base64

        whole = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        whole += base64.encodebytes(calendar.encode()).decode().replace("\n", "\r\n")
    elif shape == "apple":  # text and calendar beside each other, and the calendar once more as a file
        inner = f"--b\r\n{text}--b\r\nContent-Type: {kind}\r\n\r\n{calendar}"
        again = "--b\r\nContent-Type: application/ics; name=invite.ics\r\nContent-Disposition: attachment\r\n\r\n"
        again += calendar
        whole = f"Content-Type: multipart/mixed; boundary=b\r\n\r\n{inner}{again}--b--\r\n"
    else:
        headers += "Auto-Submitted: auto-generated\r\n"
        whole = "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        whole += f"--b\r\n{text}--b\r\nContent-Type: {kind}\r\n\r\n{calendar}--b--\r\n"
    head = (
        f"From: {person.email}\r\nSubject: {subject}\r\nMessage-ID: <{abs(hash(calendar))}.{shape}@their.example>\r\n"
    )
    return (head + headers + whole).encode()


def test_a_series_is_one_invitation_with_a_rule_for_each(scene, mentor, mentee):
    [mine], [theirs] = sent_to(mentor), sent_to(mentee)
    method, calendar = parts_of(mine)
    [event] = calendar.walk("VEVENT")
    assert method == str(calendar["METHOD"]) == "REQUEST"
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"
    assert (str(event["SUMMARY"]), int(event["SEQUENCE"])) == ("Mentoring with Tomás Rivera", 0)
    assert str(event["LOCATION"]) == str(event["CONFERENCE"])
    assert str(event["ATTENDEE"]) == f"mailto:{mentor.email}"
    assert organizer_of(mine).endswith("@reply.example.org")
    assert organizer_of(mine) != organizer_of(theirs)
    assert str(event["UID"]) != str(parts_of(theirs)[1].walk("VEVENT")[0]["UID"])
    assert mine.message().get_content_type() == "multipart/alternative"


def test_a_moved_meeting_is_an_update_of_one_occurrence_and_a_cancelled_one_too(scene, mentor, mentee):
    first, second, *_ = Meeting.objects.order_by("start")
    before = len(mail.outbox)
    request = ask_move(occurrence=first, by=mentor, to=first.start + timedelta(hours=2), reason="A train")
    answer_move(request=request, by=mentee, accepted=True)
    run_ready()
    [update] = sent_to(mentee, before)
    method, calendar = parts_of(update)
    [event] = calendar.walk("VEVENT")
    whole = parts_of(sent_to(mentee)[0])[1].walk("VEVENT")[0]
    assert (method, event["UID"], int(event["SEQUENCE"])) == ("REQUEST", whole["UID"], 1)
    assert (event["RECURRENCE-ID"].dt, event["DTSTART"].dt) == (first.start, first.start + timedelta(hours=2))
    assert organizer_of(update) == organizer_of(sent_to(mentee)[0])
    before = len(mail.outbox)
    cancel_meeting(meeting=second, by=mentee, reason="Ill")
    run_ready()
    [off] = sent_to(mentor, before)
    method, calendar = parts_of(off)
    [event] = calendar.walk("VEVENT")
    assert (method, str(event["STATUS"]), event["RECURRENCE-ID"].dt) == ("CANCEL", "CANCELLED", second.start)


def test_who_switched_them_off_gets_none(client, mentor, mentee):
    choose_mail(by=mentor, wanted=False)
    with time_machine.travel(AWAKE, tick=False):
        sign(begin(mentor, mentee))
        run_ready()
    assert (len(sent_to(mentor)), len(sent_to(mentee))) == (0, 1)
    event = parts_of(sent_to(mentee)[0])[1].walk("VEVENT")[0]  # this installation takes no mail in, and asks for none
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"


def occurrence(meeting) -> dict[str, str]:
    return {"RECURRENCE-ID": meeting.start.strftime("%Y%m%dT%H%M%SZ")}


@pytest.mark.parametrize("shape", ["google", "outlook", "apple"])
def test_declining_one_asks_the_other_for_another_time(scene, mentor, mentee, shape):
    invitation, meeting = sent_to(mentee)[0], Meeting.objects.order_by("start")[0]
    raw = reply(mentee, invitation, shape=shape, **occurrence(meeting))
    for _twice in range(2):
        take_in(raw=raw, to=organizer_of(invitation))
    request = ChangeRequest.objects.get()
    assert (request.meeting_id, request.by, request.open) == (meeting.pk, mentee, True)
    assert request.to != meeting.start
    assert Meeting.objects.get(pk=meeting.pk).start == meeting.start  # nothing moved by itself
    before = len(mail.outbox)
    answer_move(request=request, by=mentor, accepted=False)
    run_ready()
    [back] = sent_to(mentee, before)  # refused: the block comes back
    event = parts_of(back)[1].walk("VEVENT")[0]
    assert (event["DTSTART"].dt, int(event["SEQUENCE"])) == (meeting.start, 1)


def test_declining_a_day_one_is_away_asks_to_leave_it_out(scene, mentor, mentee):
    invitation, meeting = sent_to(mentee)[0], Meeting.objects.order_by("start")[0]
    be_away(by=mentee, first=meeting.start.date(), last=meeting.start.date())
    take_in(raw=reply(mentee, invitation, **occurrence(meeting)), to=organizer_of(invitation))
    assert ChangeRequest.objects.get().to is None


def test_a_counter_proposal_asks_for_that_very_time(scene, mentor, mentee):
    invitation, meeting = sent_to(mentee)[0], Meeting.objects.order_by("start")[0]
    wanted = meeting.start + timedelta(hours=1)
    local = (wanted + timedelta(hours=2)).strftime("%Y%m%dT%H%M%S")
    raw = reply(mentee, invitation, "TENTATIVE", method="COUNTER", DTSTART=local, **occurrence(meeting))
    take_in(raw=raw, to=organizer_of(invitation))
    request = ChangeRequest.objects.get()
    assert (request.to, request.by) == (wanted, mentee)


def test_one_that_cannot_be_is_answered_and_the_block_comes_back(scene, mentor, mentee):
    invitation, meeting = sent_to(mentee)[0], Meeting.objects.order_by("start")[0]
    raw = reply(mentee, invitation, "TENTATIVE", method="COUNTER", DTSTART="20270101T100000", **occurrence(meeting))
    before = len(mail.outbox)
    take_in(raw=raw, to=organizer_of(invitation))
    run_ready()
    subjects = [message.subject for message in mail.outbox[before:]]
    assert "What your calendar asked for cannot be" in subjects
    assert ChangeRequest.objects.count() == 0
    assert parts_of(sent_to(mentee, before)[0])[1].walk("VEVENT")[0]["DTSTART"].dt == meeting.start


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE"])
def test_accepting_all_is_noted_and_nothing_else(scene, mentee, partstat):
    invitation = sent_to(mentee)[0]
    take_in(raw=reply(mentee, invitation, partstat), to=organizer_of(invitation))
    assert Run.objects.get(person=mentee).answer == partstat.lower()
    assert ChangeRequest.objects.count() == 0


def test_declining_all_changes_nothing_and_says_where_it_is_changed(scene, mentee):
    invitation, before = sent_to(mentee)[0], len(mail.outbox)
    take_in(raw=reply(mentee, invitation), to=organizer_of(invitation))
    run_ready()
    assert [message.subject for message in mail.outbox[before:]] == [
        "All of your meetings at once are your agreement's"
    ]
    assert ChangeRequest.objects.count() == 0


def test_an_answer_to_an_earlier_plan_is_told_so(scene, mentor, mentee):
    invitation, meeting = sent_to(mentee)[0], Meeting.objects.order_by("start")[0]
    request = ask_move(occurrence=meeting, by=mentor, to=meeting.start + timedelta(hours=2), reason="A train")
    answer_move(request=request, by=mentee, accepted=True)
    run_ready()
    before = len(mail.outbox)
    take_in(raw=reply(mentee, invitation, **occurrence(meeting)), to=organizer_of(invitation))
    run_ready()
    assert [message.subject for message in mail.outbox[before:]] == ["Your answer was to an earlier plan"]
    assert ChangeRequest.objects.filter(end__isnull=True).count() == 0


def test_who_was_not_invited_and_what_is_no_answer_are_refused(scene, mentor, mentee):
    invitation, meeting = sent_to(mentee)[0], Meeting.objects.order_by("start")[0]
    here, theirs = organizer_of(invitation), sent_to(mentor)[0]
    one = {"shape": "outlook", **occurrence(meeting)}
    other = "ATTENDEE;PARTSTAT=DECLINED"
    wrong = [
        reply(mentor, theirs, **one),  # the other's answer, to this one's address
        reply(mentee, theirs, **one),  # another uid
        reply(mentee, invitation, **one, **{other: "mailto:somebody@example.org"}),
        reply(mentee, invitation, method="REQUEST", shape="outlook"),
        reply(mentee, invitation, shape="outlook", **{"RECURRENCE-ID": "20300101T100000Z"}),
        reply(mentee, invitation, "NEEDS-ACTION", shape="outlook"),
        b"From: tomas@example.org\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n\xff\xfe",
    ]  # fmt: skip
    for raw in wrong:
        with pytest.raises(Refused):
            take_in(raw=raw, to=here)
    assert (ChangeRequest.objects.count(), Event.objects.exclude(answer="").count()) == (0, 0)


def test_a_real_mail_server_gets_it_whole(scene, mentor, mentee, settings):
    """What arrives is what a calendar program looks for: the calendar as one of the mail's alternatives."""
    arrived: list[bytes] = []

    class Sink:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
            arrived.append(envelope.content)  # type: ignore[attr-defined]
            return "250 taken"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sink = Controller(Sink(), hostname="127.0.0.1", port=port)
    sink.start()
    try:
        for name, value in settings_from(f"smtp://127.0.0.1:{port}").items():
            setattr(settings, name, value)
        first = Meeting.objects.order_by("start")[0]
        cancel_meeting(meeting=first, by=mentor, reason="Ill")
        run_ready()
    finally:
        sink.stop()
    mails = [message_from_bytes(raw, policy=policy) for raw in arrived]
    [mine] = [
        m for m in mails if m["To"] == mentee.email and "text/calendar" in [p.get_content_type() for p in m.walk()]
    ]
    assert mine.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mine.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    part = list(mine.iter_parts())[-1]
    assert part.get_param("method") == "CANCEL"
    assert Calendar.from_ical(part.get_content())["METHOD"] == "CANCEL"
