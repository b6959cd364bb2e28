"""A message goes out as mail in one thread, and what is answered there is a message, with the mail beside it."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from throughline.accounts.actions import set_rhythm
from throughline.accounts.domain.channels import Channel
from throughline.foundation import clock
from throughline.foundation.jobs.runner import run_ready
from throughline.messaging.actions import delete_message, mark_seen, send_message
from throughline.messaging.models import Enclosure, Letter, Message, Via
from throughline.notices.actions import answer_address, choose_rhythm, set_channel_rule, take_in
from throughline.notices.domain.answers import Refused
from throughline.notices.domain.rules import Rule
from throughline.notices.domain.topics import Rhythm
from throughline.notices.tests.inbound import taking_mail_in
from throughline.relationships.actions import end_relationship

SECRET = "Only the two of us know this"


@pytest.fixture
def inbound(transactional_db):
    with taking_mail_in() as arrived, time_machine.travel("2026-11-18T18:00Z", tick=False) as moving:
        yield moving
        assert arrived == []


def wrote(pair, by, text=SECRET, **more):
    return send_message(relationship=pair, by=by, client_id=uuid4(), text=text, **more)


def wants_words(person):
    choose_rhythm(by=person, rhythm=Rhythm.AT_ONCE, working_days_only=False, words=True)


def mailed(moving, minutes=6):
    moving.shift(timedelta(minutes=minutes))
    run_ready()
    sent, mail.outbox[:] = list(mail.outbox), []
    return sent


def answer(sender, text, number=1, **headers):
    message = EmailMessage()
    message["From"], message["Message-ID"] = sender, f"<{number}@their.example>"
    message["Subject"] = "Re: has written to you"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def test_there_and_back_in_one_thread(inbound, pair, mentor, mentee):
    asked = wrote(pair, mentor)
    (first,) = mailed(inbound)
    assert SECRET not in first.message().as_string()
    assert "You can also answer this mail" in first.body
    (to,) = first.reply_to
    assert (first.from_email, first.extra_headers["List-Id"]) == (to, f"<conversation.{pair.pk}.reply.example.org>")
    assert first.extra_headers["References"] == f"<conversation.{pair.pk}@reply.example.org>"
    quoted = f"Yes, let us.\n\n-- \nTomás\n\nOn Wed, 18 Nov 2026, Mira <{to}> wrote:\n> has written to you\n"
    for _again in range(2):
        take_in(raw=answer(mentee.email, quoted), to=to)
    (said,) = Message.objects.filter(sender=mentee)
    assert (said.text, said.via, said.answers_id) == ("Yes, let us.", Via.MAIL, asked.pk)
    assert b"has written to you" in bytes(Letter.objects.get(message=said).raw)
    (back,) = mailed(inbound)
    assert back.to == [mentor.email]
    mark_seen(relationship=pair, by=mentee, number=2)
    wrote(pair, mentor)
    (second,) = mailed(inbound)
    assert second.extra_headers["In-Reply-To"] == first.extra_headers["Message-ID"]
    assert second.subject == first.subject


def test_whoever_chose_words_gets_them_once_and_the_writer_sees_it(inbound, pair, mentor, mentee, client):
    client.force_login(mentor)
    page = f"/relationships/{pair.pk}/conversation/"
    assert "gets your words by mail" not in client.get(page).content.decode()
    wants_words(mentee)
    assert "gets your words by mail" in client.get(page).content.decode()
    wrote(pair, mentor)
    wrote(pair, mentor, "And this")
    deleted = wrote(pair, mentor, "Not that")
    delete_message(message=deleted, by=mentor)
    (sent,) = mailed(inbound)
    assert (SECRET in sent.body, "And this" in sent.body, "Not that" in sent.body) == (True, True, False)
    assert SECRET not in sent.subject
    wrote(pair, mentor, "A third")
    (sent,) = mailed(inbound)
    assert (SECRET in sent.body, "A third" in sent.body) == (False, True)
    assert mailed(inbound, 60) == []


def test_where_the_mode_forbids_it_nobody_gets_words(inbound, pair, mentor, mentee):
    wants_words(mentee)
    set_channel_rule(relationship_id=pair.pk, people=[mentee.pk], rule=Rule((Channel.MESSAGE,), bodies=False))
    wrote(pair, mentor)
    (sent,) = mailed(inbound)
    assert SECRET not in sent.message().as_string()


def test_what_was_seen_meanwhile_is_not_mailed(inbound, pair, mentor, mentee):
    wants_words(mentee)
    set_rhythm(by=mentee, working_days=[0, 1, 2, 3, 4], quiet_hours=None)
    said = wrote(pair, mentor)
    inbound.shift(timedelta(minutes=6))
    mark_seen(relationship=pair, by=mentee, number=said.number)
    run_ready()
    assert mail.outbox == []


def test_the_whole_mail_is_one_click_away_and_for_the_two_alone(inbound, pair, mentor, mentee, stranger, client):
    asked = wrote(pair, mentor)
    to = answer_address(kind="messaging.reply", person=mentee, message_id=asked.pk)
    take_in(raw=answer(mentee.email, "Yes <script>alert(1)</script>\n\n-- \nTomás of <b>Somewhere</b>"), to=to)
    said = Message.objects.get(sender=mentee)
    client.force_login(mentor)
    shown = client.get(f"/messages/{said.pk}/").content.decode()
    assert "Tomás of &lt;b&gt;Somewhere&lt;/b&gt;" in shown
    assert "<script>alert" not in shown
    whole = client.get(f"/messages/{said.pk}/mail/")
    assert (whole["Content-Type"], b"Somewhere" in whole.content) == ("application/octet-stream", True)
    assert client.get(f"/messages/{asked.pk}/mail/").status_code == 404
    client.force_login(stranger)
    assert client.get(f"/messages/{said.pk}/mail/").status_code == 404
    delete_message(message=said, by=mentee)
    assert Letter.objects.count() == 0


def test_what_cannot_be_a_message_is_refused(inbound, pair, mentor, mentee):
    asked = wrote(pair, mentor)
    to = answer_address(kind="messaging.reply", person=mentee, message_id=asked.pk)
    with pytest.raises(Refused, match="nothing in this message"):
        take_in(raw=answer(mentee.email, "\n"), to=to)
    take_in(raw=answer(mentee.email, "word " * 10_000, number=2), to=to)
    assert len(Message.objects.get(sender=mentee).text) == 20_000
    end_relationship(relationship=pair, by=mentor)
    with pytest.raises(Refused, match="has ended"):
        take_in(raw=answer(mentee.email, "Yes", number=3), to=to)
    assert clock.now() == asked.sent_at


def test_a_mailbox_that_answers_for_somebody_writes_no_message(inbound, pair, mentor, mentee):
    asked = wrote(pair, mentor)
    to = answer_address(kind="messaging.reply", person=mentee, message_id=asked.pk)
    take_in(raw=answer(mentee.email, "I am away", Auto_Submitted="auto-replied"), to=to)
    assert Message.objects.count() == 1


def test_what_was_attached_comes_along_and_is_checked_like_on_the_page(inbound, pair, mentor, mentee):
    asked = wrote(pair, mentor)
    to = answer_address(kind="messaging.reply", person=mentee, message_id=asked.pk)
    message = EmailMessage()
    message["From"], message["Message-ID"] = mentee.email, "<9@their.example>"
    message.set_content("Here it is.")
    message.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="my data.csv")
    for _again in range(2):
        take_in(raw=message.as_bytes(), to=to)
    said = Message.objects.get(sender=mentee)
    assert [(each.name, each.message_id) for each in Enclosure.objects.all()] == [("my data.csv", said.pk)]
