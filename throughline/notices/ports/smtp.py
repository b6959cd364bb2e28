"""A port that takes answers in, and nothing else: one recipient that we know, of bounded size; it relays nothing.

`throughline worker` (and so `throughline serve`) opens it when INBOUND_SMTP names one. When we say 250 the mail is
stored, sealed; until then nothing of it is. Where another worker holds the port already, this one waits for it.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import textwrap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, Thread
from typing import Any, TypeVar

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connections

from throughline.notices.actions import is_known, take_in
from throughline.notices.domain.answers import Refused
from throughline.notices.domain.limits import LARGEST_MAIL

MOST_SESSIONS = 50
WORKING = 4
SECONDS_IDLE = 60
SECONDS_UNTIL_FREE = 20
NAME = "Throughline"

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # the library would log addresses, which are secrets here
_T = TypeVar("_T")


class Answers:
    """What happens at RCPT and DATA. Database work runs in threads of its own; the loop stays free."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(WORKING, thread_name_prefix="inbound")

    async def handle_RCPT(  # noqa: N802  the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time, please"
        try:
            known = await self._in_thread(partial(is_known, address))
        except Exception:
            log.exception("an address could not be looked up")
            return "451 4.3.0 Please try again later"
        if not known:
            return "550 5.1.1 There is no such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Yes"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        take = partial(take_in, raw=raw, to=envelope.rcpt_tos[0], envelope_sender=envelope.mail_from or "")
        try:
            await self._in_thread(take)
        except Refused as refused:
            return refusal(refused.sentence)
        except Exception:
            log.exception("a mail could not be taken in")
            return "451 4.3.0 It could not be stored just now, please try again later"
        return "250 2.0.0 Taken in"

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, _with_fresh_connections, work)


class _Session(SMTP):
    """One connection; beyond MOST_SESSIONS the next is asked to come back."""

    open_sessions = 0

    def connection_made(self, transport: Any) -> None:
        _Session.open_sessions += 1
        super().connection_made(transport)
        if _Session.open_sessions > MOST_SESSIONS:
            transport.write(b"421 4.3.2 Too many connections, please come back later\r\n")
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        _Session.open_sessions -= 1
        super().connection_lost(error)


class Port(Thread):
    """Runs until the process ends, or `stop`. opened: set once somebody can connect; number: where."""

    def __init__(self, where: str, *, certificate: str = "") -> None:
        super().__init__(name="inbound mail", daemon=True)
        host, _, port = where.rpartition(":")
        if not port.isdigit() or int(port) > 65535:
            raise ValueError(f"INBOUND_SMTP is host:port, such as 0.0.0.0:25, and not {where!r}.")
        self._host, self._port = host.strip("[]"), int(port)
        self._tls = _context(certificate) if certificate else None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self.opened = Event()
        self.number = 0

    def run(self) -> None:
        asyncio.run(self._serve())

    def stop(self) -> None:
        if self._loop and self._stopping:
            self._loop.call_soon_threadsafe(self._stopping.set)
        self.join()

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        handler = Answers()
        said = False
        while not self._stopping.is_set():
            try:
                server = await self._loop.create_server(partial(self._session, handler), self._host, self._port)
            except OSError as error:
                if not said:
                    log.warning("INBOUND_SMTP cannot be opened (%s): trying again", type(error).__name__)
                said = True
                await _passed(self._stopping, SECONDS_UNTIL_FREE)
                continue
            async with server:
                self.number = server.sockets[0].getsockname()[1]
                self.opened.set()
                await self._stopping.wait()

    def _session(self, handler: Answers) -> SMTP:
        return _Session(
            handler,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname=NAME,
            ident=NAME,
            tls_context=self._tls,
            timeout=SECONDS_IDLE,
            loop=self._loop,
        )


def refusal(sentence: str) -> str:
    """As SMTP says it: ASCII, over several short lines."""
    plain = sentence.encode("ascii", "replace").decode()
    lines = textwrap.wrap(plain, 400) or ["Not taken"]
    return "\r\n".join([*(f"550-5.7.1 {line}" for line in lines[:-1]), f"550 5.7.1 {lines[-1]}"])


def _context(certificate: str) -> ssl.SSLContext:
    """Raises OSError when the file is not there, ssl.SSLError when it holds no certificate with its key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _with_fresh_connections(work: Callable[[], _T]) -> _T:
    try:
        return work()
    finally:
        connections.close_all()


async def _passed(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
