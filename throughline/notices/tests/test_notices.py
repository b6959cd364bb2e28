"""A notice is a row now and a mail after commit, in the recipient's words and time; it never says what was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.template import engines
from django_tasks_db.models import DBTaskResult
from jinja2 import DictLoader

from throughline.accounts.actions import set_rhythm
from throughline.foundation.environment import ENV
from throughline.notices import words
from throughline.notices.actions import mail_address, notify, send_notice
from throughline.notices.domain import kinds
from throughline.notices.domain.kinds import NoticeKind, register_kind
from throughline.notices.models import Notice

pytestmark = pytest.mark.django_db

TEMPLATES = {
    "room/notices/moved.txt": "{{ who }} moved a meeting\n\n{{ at|moment }}\n\n\n\nIt's <here> & open:\n{{ link }}\n",
    "room/notices/invited.txt": "{{ name }} invites you\n{{ secret_link }}",
}


def _values(ids):
    if ids["meeting"] == "gone":
        raise ObjectDoesNotExist
    return {"who": "Tomás", "at": datetime(2026, 11, 3, 17, tzinfo=UTC)}


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    words._plain.cache_clear()
    environment = engines["jinja2"].env
    monkeypatch.setattr(environment, "loader", _Both(environment.loader))
    register_kind(NoticeKind("moved", "room/notices/moved.txt", agreed=True, values=_values))
    register_kind(NoticeKind("now", "room/notices/moved.txt", agreed=True, urgent=True, values=_values))
    register_kind(NoticeKind("invited", "room/notices/invited.txt", agreed=True))
    yield
    words._plain.cache_clear()


class _Both(DictLoader):
    def __init__(self, other):
        super().__init__(TEMPLATES)
        self.other = other

    def get_source(self, environment, template):
        return (super() if template in TEMPLATES else self.other).get_source(environment, template)


def queued() -> list[tuple]:
    rows = DBTaskResult.objects.order_by("enqueued_at")
    return [(row.args_kwargs["kwargs"]["arguments"], row.run_after) for row in rows]


@time_machine.travel("2026-11-03T12:00Z", tick=False)
def test_a_mail_in_the_recipients_time_with_a_subject_of_one_line(mentor, mentee):
    notice = notify(kind="moved", recipient=mentor, address="/meetings/1/", meeting="1")
    assert mail.outbox == []
    send_notice(notice_id=notice.pk)
    send_notice(notice_id=notice.pk)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["mira@example.org"], "Tomás moved a meeting")
    assert sent.body == (f"Tue 3 Nov 2026, 18:00 (Berlin time)\n\nIt's <here> & open:\n{ENV.base_url}/meetings/1/\n")
    html = sent.alternatives[0].content
    assert "It&#39;s &lt;here&gt; &amp; open:" in html
    assert f'<a href="{ENV.base_url}/meetings/1/">' in html
    notice.refresh_from_db()
    assert notice.sent_at == datetime(2026, 11, 3, 12, tzinfo=UTC)


@time_machine.travel("2026-11-03T23:30Z", tick=False)
def test_what_can_wait_waits_for_the_morning(mentor, mentee):
    waits = notify(kind="moved", recipient=mentor, meeting="1")
    urgent = notify(kind="now", recipient=mentor, meeting="1")
    set_rhythm(by=mentor, working_days=[0], quiet_hours=None)
    awake = notify(kind="moved", recipient=mentor, meeting="1")
    morning = datetime(2026, 11, 4, 6, tzinfo=UTC)
    assert [(arguments["notice_id"], run_after == morning) for arguments, run_after in queued()] == [
        (str(waits.pk), True),
        (str(urgent.pk), False),
        (str(awake.pk), False),
    ]


def test_nothing_is_queued_when_the_transaction_fails(mentor):
    with transaction.atomic():
        notify(kind="moved", recipient=mentor, meeting="1")
        transaction.set_rollback(True)
    assert (Notice.objects.count(), queued()) == (0, [])


def test_a_thing_that_is_gone_is_not_mailed(mentor):
    notice = notify(kind="moved", recipient=mentor, meeting="gone")
    send_notice(notice_id=notice.pk)
    notice.refresh_from_db()
    assert (mail.outbox, notice.sent_at, notice.dropped_at is None) == ([], None, False)


def test_nobody_who_is_switched_off_is_mailed(mentor):
    notice = notify(kind="moved", recipient=mentor, meeting="1")
    mentor.is_active = False
    mentor.save()
    send_notice(notice_id=notice.pk)
    assert mail.outbox == []


def test_an_address_without_an_account_and_a_link_that_does_not_lie_open(db):
    notice = mail_address(
        kind="invited",
        email="new@example.net",
        language="en",
        context={"name": "Mira", "secret_link": "http://x/s3cret"},
    )
    row = Notice.objects.values().get()
    assert b"s3cret" not in repr(row).encode()
    assert [arguments for arguments, _ in queued()] == [{"notice_id": str(notice.pk)}]
    send_notice(notice_id=notice.pk)
    assert (mail.outbox[0].to, mail.outbox[0].body) == (["new@example.net"], "http://x/s3cret\n")
    notice.refresh_from_db()
    assert notice.sealed is None


def test_a_mail_server_that_is_away_leaves_the_notice_to_be_sent(mentor, settings):
    notice = notify(kind="moved", recipient=mentor, meeting="1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        send_notice(notice_id=notice.pk)
    notice.refresh_from_db()
    assert notice.sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_notice(notice_id=notice.pk)
    assert len(mail.outbox) == 1


def test_a_kind_that_nobody_registered(mentor):
    with pytest.raises(KeyError):
        notify(kind="unknown", recipient=mentor)


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "a sentence that somebody wrote"},
        {"what": "é"},
        {"address": "https://elsewhere.example/"},
        {"address": "//x"},
    ],
)
def test_a_notice_takes_no_content_and_no_address_elsewhere(mentor, wrong):
    with pytest.raises(ValueError, match=r"notice|id"):
        notify(kind="moved", recipient=mentor, **wrong)
    assert Notice.objects.count() == 0


class Watching(EmailBackend):
    """A mail server that notes whether it is waited for with a transaction open."""

    held: list[bool] = []

    def send_messages(self, messages):
        self.held.append(connection.in_atomic_block)
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_mail_server_to_write(mentor, settings, monkeypatch):
    monkeypatch.setattr(Watching, "held", [])
    settings.EMAIL_BACKEND = f"{__name__}.Watching"
    send_notice(notice_id=notify(kind="moved", recipient=mentor, meeting="1").pk)
    assert Watching.held == [False]
