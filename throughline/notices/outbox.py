"""Where mail goes when no mail server is named: files in the data folder, shown at /outbox on this machine alone."""

from __future__ import annotations

import email
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.policy import default as policy
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.ids import new_id

SHOWN = 50
KEPT = 500


@dataclass(frozen=True)
class Kept:
    """A mail in the outbox. text: its plain part."""

    id: str
    at: datetime
    to: str
    subject: str
    text: str


class OutboxBackend(BaseEmailBackend):
    """Mail backend: one .eml file a message, named so that they sort by time; the oldest beyond KEPT are removed."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            message.extra_headers.setdefault("Date", format_datetime(clock.now()))
            path = folder / f"{new_id()}.eml"
            draft = path.with_suffix(".part")
            draft.write_bytes(message.message().as_bytes())
            os.chmod(draft, 0o600)
            draft.rename(path)
        for old in sorted(folder.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return len(email_messages)


def kept() -> list[Kept]:
    """The last SHOWN mails, the newest first."""
    return [_read(path) for path in sorted(_folder().glob("*.eml"), reverse=True)[:SHOWN]]


def forget_mails_with(words: Sequence[str]) -> None:
    """Remove every mail that holds one of these words (a name, an address), wherever in it."""
    wanted = [word.casefold() for word in words if word]
    for path in _folder().glob("*.eml"):
        mail = _read(path)
        if any(word in f"{mail.to}\n{mail.subject}\n{mail.text}".casefold() for word in wanted):
            path.unlink(missing_ok=True)


def forget_mails_before(instant: datetime) -> int:
    """Returns how many."""
    old = [path for path in _folder().glob("*.eml") if _read(path).at < instant]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _read(path: Path) -> Kept:
    parsed = email.message_from_bytes(path.read_bytes(), policy=policy)
    body = parsed.get_body(("plain",))
    return Kept(
        id=path.stem,
        at=parsedate_to_datetime(str(parsed["Date"])).astimezone(UTC),
        to=str(parsed["to"]),
        subject=str(parsed["subject"]),
        text=body.get_content() if body else "",
    )


def _folder() -> Path:
    return ENV.data / "outbox"
