"""A mailbox that answers arrive in (IMAP): only what is addressed to one of our addresses is opened, and marked.

Everything else is left as it is: neither read beyond its headers, nor marked, nor stored. A note of how far we looked
keeps each minute's look short; that a mail is taken once is held by its Message-ID, not by that note.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses
from imaplib import IMAP4, IMAP4_SSL
from urllib.parse import unquote, urlsplit

from throughline.notices.actions import is_known, take_in
from throughline.notices.domain import letters
from throughline.notices.domain.answers import Refused
from throughline.notices.domain.limits import LARGEST_MAIL, LOOKED_AT_ONCE
from throughline.notices.models import MailboxMark

SECONDS = 30
TAKEN, REFUSED = "$ThroughlineTaken", "$ThroughlineRefused"
_RECEIVERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mailbox:
    """An account and a folder of it."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    tls: bool

    @property
    def name(self) -> str:
        return hashlib.sha256(f"{self.user}@{self.host}:{self.port}/{self.folder}".encode()).hexdigest()


def mailbox_of(url: str) -> Mailbox:
    """imaps://user:password@host/INBOX. Raises ValueError with a sentence. imap:// is for this machine alone."""
    parts = urlsplit(url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme not in ("imaps", "imap") or not parts.hostname or not parts.username:
        raise ValueError("INBOUND_IMAP must look like imaps://user:password@host/INBOX.")
    if parts.scheme == "imap" and not local:
        raise ValueError("INBOUND_IMAP: imap:// sends the password in the open; use imaps://.")
    tls = parts.scheme == "imaps"
    folder = unquote(parts.path.strip("/")) or "INBOX"
    user, password = unquote(parts.username), unquote(parts.password or "")
    return Mailbox(parts.hostname, parts.port or (993 if tls else 143), user, password, folder, tls)


def look_into(box: Mailbox) -> int:
    """Take in what is new. Returns how many were taken. Raises OSError or IMAP4.error; what is marked stays marked."""
    taken = 0
    with _opened(box) as server:
        numbering = (server.response("UIDVALIDITY")[1] or [b""])[0] or b""
        mark, _made = MailboxMark.objects.get_or_create(box=box.name)
        if mark.numbering != numbering.decode("ascii", "replace"):
            mark.numbering, mark.last = numbering.decode("ascii", "replace"), 0
        _said, found = server.uid("SEARCH", f"UID {mark.last + 1}:*")
        numbers = sorted(int(word) for word in (found[0] or b"").split() if int(word) > mark.last)
        for number in numbers[:LOOKED_AT_ONCE]:
            taken += _look_at(server, number)
            mark.last = number
            mark.save()
    return taken


def _look_at(server: IMAP4, number: int) -> int:
    head = _fetched(server, number, "(BODY.PEEK[HEADER])")
    to = _ours(letters.parsed(head))
    if to is None:
        return 0
    size = re.search(rb"RFC822\.SIZE (\d+)", repr(server.uid("FETCH", str(number), "(RFC822.SIZE)")[1]).encode())
    if size and int(size[1]) > LARGEST_MAIL:
        server.uid("STORE", str(number), "+FLAGS", f"({REFUSED})")
        return 0
    try:
        take_in(raw=_fetched(server, number, "(BODY.PEEK[])"), to=to)
    except Refused:
        server.uid("STORE", str(number), "+FLAGS", f"({REFUSED})")
        log.info("mail %s of the mailbox was not taken", number)
        return 0
    server.uid("STORE", str(number), "+FLAGS", f"(\\Seen {TAKEN})")
    return 1


def _ours(mail: Message) -> str | None:
    """The first of our addresses that it is addressed to, as we made it."""
    values = [str(value) for name in _RECEIVERS for value in mail.get_all(name, [])]
    return next((address for _name, address in getaddresses(values) if address and is_known(address)), None)


def _fetched(server: IMAP4, number: int, what: str) -> bytes:
    _said, answer = server.uid("FETCH", str(number), what)
    return next((piece[1] for piece in answer or [] if isinstance(piece, tuple)), b"")


@contextmanager
def _opened(box: Mailbox) -> Iterator[IMAP4]:
    server = IMAP4_SSL(box.host, box.port, timeout=SECONDS) if box.tls else IMAP4(box.host, box.port, timeout=SECONDS)
    try:
        server.login(box.user, box.password)
        said, _count = server.select(f'"{box.folder}"')
        if said != "OK":
            raise IMAP4.error("no such folder")
        yield server
    finally:
        with suppress(OSError, IMAP4.error):
            server.logout()
