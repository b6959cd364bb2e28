"""A quarter of an hour before a meeting both are told, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine

from throughline.meetings.jobs import remind_all, tell_of_shifts
from throughline.meetings.models import Meeting, ShiftWarning
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


def test_both_are_told_a_week_ahead_when_only_one_clock_changes(pair):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    with time_machine.travel(datetime(2026, 10, 21, tzinfo=UTC), tick=False):
        tell_of_shifts()
        tell_of_shifts()
        assert Notice.objects.filter(kind="meetings.shift").count() == 2
        assert ShiftWarning.objects.get().meeting.start == datetime(2026, 10, 27, 17, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 11, 5, tzinfo=UTC), tick=False):
        tell_of_shifts()
        assert ShiftWarning.objects.count() == 1  # the hour before was told on its own day; nothing shifts any more
