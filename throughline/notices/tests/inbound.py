"""An installation that takes mail in, and mails as people's programs write them."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from unittest.mock import patch

from throughline.foundation.environment import ENV
from throughline.notices import threads
from throughline.notices.actions import answers
from throughline.notices.domain import answers as kinds
from throughline.notices.domain.answers import answer_kind

REPORT = b"""From: MAILER-DAEMON@mx.example\r\nMessage-ID: <r%d@mx.example>\r
Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r
--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nStatus: %s\r\n\r\n--b--\r\n"""


@contextmanager
def taking_mail_in(**variables):
    """Yields the list of what arrives for the kind "tests.answer"."""
    env = dataclasses.replace(ENV, **{"inbound_domain": "reply.example.org", **variables})
    arrived = []
    with (
        patch.object(answers, "ENV", env),
        patch.object(threads, "ENV", env),
        patch.dict(kinds._kinds),
    ):
        answer_kind("tests.answer", arrived.append)
        yield arrived


def mail(text="Yes, gladly.\n", *, sender="Mira <mira@example.org>", number=1, **headers):
    lines = [f"From: {sender}", f"Message-ID: <{number}@their.example>", "Subject: Re: something"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", text]).encode()
