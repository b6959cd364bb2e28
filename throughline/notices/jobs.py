"""Sending, on the queue: a mail server that is away for an hour loses nothing. And the look into a mailbox."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from throughline.foundation.environment import ENV
from throughline.foundation.jobs.registry import job, scheduled
from throughline.notices.actions import deliver, send_notice
from throughline.notices.ports.mailbox import look_into, mailbox_of


@job("notices.send")
def send(notice_id: str) -> None:
    send_notice(notice_id=UUID(notice_id))


@job("notices.deliver")
def deliver_one(delivery_id: str) -> None:
    deliver(delivery_id=UUID(delivery_id))


@scheduled("notices.look_into_mailbox", every=timedelta(minutes=1))
def look_into_mailbox() -> None:
    if ENV.inbound_imap and ENV.inbound_domain:
        look_into(mailbox_of(ENV.inbound_imap))
