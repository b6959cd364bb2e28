"""A real SMTP server that keeps what it is given: the post box of everybody in a journey.

with Mailbox() as mailbox:
    mail = mailbox.wait_for(to="mira@example.org", subject_contains="Confirm")
    page.goto(mail.links()[0])
"""

from __future__ import annotations

import email
import re
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default as policy
from threading import Condition
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port

LINK = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]")


@dataclass(frozen=True)
class Mail:
    """A message as it came in: addressees of the envelope, and the parsed message."""

    to: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["subject"])

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    def links(self) -> list[str]:
        """Every address in the plain text, in order."""
        return LINK.findall(self.text)


class Mailbox:
    """The sink. `url` is what EMAIL_URL takes."""

    def __init__(self) -> None:
        self._mails: list[Mail] = []
        self._read: set[int] = set()
        self._arrived = Condition()
        self._door = Controller(self, hostname="127.0.0.1", port=free_port())
        self.url = f"smtp://127.0.0.1:{self._door.port}"

    def __enter__(self) -> Self:
        self._door.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message: Any = email.message_from_bytes(envelope.original_content or b"", policy=policy)
        with self._arrived:
            self._mails.append(Mail(tuple(envelope.rcpt_tos), message))
            self._arrived.notify_all()
        return "250 OK"

    def wait_for(self, *, to: str, subject_contains: str = "", timeout: float = 20.0) -> Mail:
        """The first mail to this address, with this in its subject, that was not handed out before.

        Raises AssertionError with the subjects that did come after `timeout` seconds.
        """
        end = time.monotonic() + timeout
        with self._arrived:
            while (found := self._next(to, subject_contains)) is None:
                left = end - time.monotonic()
                if left <= 0 or not self._arrived.wait(left):
                    came = [(mail.to, mail.subject) for mail in self._mails]
                    raise AssertionError(f"No mail to {to} with {subject_contains!r} in its subject; came: {came}")
            self._read.add(found)
            return self._mails[found]

    def all(self, *, to: str = "") -> list[Mail]:
        """Everything that came so far, read or not; `to`: to this address."""
        with self._arrived:
            return [mail for mail in self._mails if not to or to in mail.to]

    def _next(self, to: str, subject_contains: str) -> int | None:
        for index, mail in enumerate(self._mails):
            if index not in self._read and to in mail.to and subject_contains.lower() in mail.subject.lower():
                return index
        return None
