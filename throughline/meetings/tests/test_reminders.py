"""A quarter of an hour before a meeting both are told, once."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from throughline.meetings.jobs import remind_all
from throughline.meetings.models import Meeting
from throughline.meetings.tests.scenes import FIRST, sign
from throughline.notices.actions import send_notice
from throughline.notices.models import Notice


def test_both_are_told_once_in_their_own_time(pair, mentor, mentee, mailoutbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    meeting = Meeting.objects.order_by("start").first()
    for before in (16, 15, 10):
        with time_machine.travel(meeting.start - timedelta(minutes=before), tick=False):
            remind_all()
            assert Notice.objects.filter(kind="meetings.soon").count() == (0 if before == 16 else 2)
    for notice in Notice.objects.filter(kind="meetings.soon"):
        send_notice(notice_id=notice.pk)
    told = {mail.to[0]: mail.body for mail in mailoutbox}
    assert {mail.subject for mail in mailoutbox} == {"Your meeting begins soon"}
    assert "Tue 6 Oct 2026, 18:00 (Berlin time)" in told[mentor.email]
    assert "Tue 6 Oct 2026, 09:00 (Los Angeles time)" in told[mentee.email]
    assert f"/meetings/{meeting.pk}/" in told[mentor.email]
