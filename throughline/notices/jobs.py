"""Sending, on the queue: a mail server that is away for an hour loses nothing."""

from __future__ import annotations

from uuid import UUID

from throughline.foundation.jobs.registry import job
from throughline.notices.actions import send_notice


@job("notices.send")
def send(notice_id: str) -> None:
    send_notice(notice_id=UUID(notice_id))
