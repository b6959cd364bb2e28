"""One request to a server of somebody else: bounded in time and size, and never into a private network.

A name is resolved once; every number that it has must be allowed, and the connection goes to one of these very
numbers, so that a name which means something else a moment later leads nowhere else. The certificate is checked for
the name. A redirect is a new request with all of this again. No proxy of the environment is asked.
"""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Network, IPv6Network
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.outside.addresses import address_of, is_refused

MOST_REDIRECTS = 4
MOST_NUMBERS = 4  # of one name that are tried
_PIECE = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_CHARS_OF_ADDRESS = 2000
_PLAIN = "%/?:@!$&'()*+,;=-._~[]|"


class OutsideError(Exception):
    """Nothing came back that could be used. `why` is a word for the caller's sentence, never what the server said."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotAllowedError(OutsideError):
    """The address leads where this server must not ask, or is none."""


class TooSlowError(OutsideError):
    """The whole answer was not there in time."""


class TooLargeError(OutsideError):
    """The answer is longer than the caller takes."""


@dataclass(frozen=True)
class Answer:
    """url: where it came from in the end. headers: names in lower case; of several, the last."""

    status: int
    body: bytes
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    limit: int = 1_000_000,
    seconds: float = 20,
) -> Answer:
    """limit: bytes of the answer's body. seconds: for everything together, redirects too.

    Raises OutsideError. A status of 400 and above is an answer like any other. `Authorization` is not taken along to
    another server, nor is a body; nothing goes from https to http.
    """
    until = clock.monotonic() + seconds
    sent = dict(headers or {})
    for _hop in range(MOST_REDIRECTS + 1):
        parts = _checked(url)
        answer = _ask(parts, method, sent, body, limit, until)
        onward = answer.headers.get("location", "")
        if answer.status not in _REDIRECTS or not onward:
            return answer
        url = urljoin(url, onward)
        there = _checked(url)
        if parts.scheme == "https" and there.scheme != "https":
            raise NotAllowedError("downgraded")
        if (there.scheme, there.netloc) != (parts.scheme, parts.netloc):
            if body is not None:
                raise NotAllowedError("redirected")
            sent = {name: value for name, value in sent.items() if name.lower() != "authorization"}
        if answer.status == 303:
            method, body = "GET", None
    raise NotAllowedError("redirected")


def _checked(url: str) -> SplitResult:
    """Raises NotAllowedError for what is no plain address of the web."""
    if len(url) > _CHARS_OF_ADDRESS or any(char <= " " or char == "\x7f" for char in url):
        raise NotAllowedError("address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowedError("address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise NotAllowedError("address")
    if port is not None and (port in (0, 65536) or (port < 1024 and port not in (80, 443))):
        raise NotAllowedError("port")
    return parts


def _ask(
    parts: SplitResult, method: str, headers: Mapping[str, str], body: bytes | None, limit: int, until: float
) -> Answer:
    for place, (family, number) in enumerate(numbers := _numbers_of(parts)):
        try:
            connection = _Pinned(parts, family, number, until)
            with _watched(connection, until):
                return _exchange(connection, parts, method, headers, body, limit)
        except _NobodyThereError:
            if place == len(numbers) - 1:
                raise OutsideError("unreachable") from None
    raise OutsideError("unreachable")


def _numbers_of(parts: SplitResult) -> list[tuple[int, tuple[str, int]]]:
    """Where the name leads now. One number that is refused refuses the name: half of an answer is a trap."""
    name = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        ascii_name = name if ":" in name else name.encode("idna").decode()
        found = socket.getaddrinfo(ascii_name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OutsideError("unknown") from None
    numbers = [(int(family), (str(place[0]), port)) for family, _kind, _proto, _name, place in found]
    try:
        refused = any(is_refused(address_of(number[0]), _reachable()) for _family, number in numbers)
    except ValueError:
        refused = True
    if refused or not numbers:
        raise NotAllowedError("private")
    return numbers[:MOST_NUMBERS]


def _reachable() -> tuple[IPv4Network | IPv6Network, ...]:
    return ENV.reachable_networks


class _NobodyThereError(Exception):
    """No connection to this number: the next one of the name may do."""


class _Pinned(HTTPConnection):
    """A connection to one number under a name."""

    def __init__(self, parts: SplitResult, family: int, number: tuple[str, int], until: float) -> None:
        self._secure = parts.scheme == "https"
        super().__init__(parts.hostname or "", number[1])
        self.default_port = 443 if self._secure else 80  # so that Host names the port only where it must
        self._family, self._number, self._until = family, number, until
        self.line: socket.socket | None = None  # stays when the connection lets go of it: the answer still uses it

    def connect(self) -> None:
        left = max(0.1, self._until - clock.monotonic())
        plain = socket.socket(self._family, socket.SOCK_STREAM)
        plain.settimeout(left)
        self.line = plain
        try:
            plain.connect(self._number)
        except OSError:
            plain.close()
            raise _NobodyThereError from None
        self.sock = plain
        if self._secure:
            context = ssl.create_default_context()
            secure = context.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = self.line = secure
            secure.do_handshake()


@contextmanager
def _watched(connection: _Pinned, until: float) -> Iterator[None]:
    """A server that says a byte a minute keeps each single wait short: so the whole is bounded, by hanging up."""
    over = False

    def shut() -> None:
        nonlocal over
        over = True
        with suppress(OSError):
            if connection.line:
                connection.line.shutdown(socket.SHUT_RDWR)

    timer = Timer(max(0.0, until - clock.monotonic()), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException, _NobodyThereError, zlib.error) as error:
        if over or isinstance(error, TimeoutError):
            raise TooSlowError("slow") from None
        if isinstance(error, _NobodyThereError):
            raise
        if isinstance(error, ssl.SSLError):
            raise OutsideError("certificate") from None
        raise OutsideError("broken") from None
    finally:
        timer.cancel()
        connection.close()
    if over:
        raise TooSlowError("slow")


def _exchange(
    connection: _Pinned,
    parts: SplitResult,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
    limit: int,
) -> Answer:
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_PLAIN)
    usual = {"User-Agent": "Throughline", "Accept-Encoding": "identity", "Connection": "close"}
    try:
        connection.request(method, path, body=body, headers={**usual, **headers})
    except ssl.SSLError:  # which is a ValueError too
        raise
    except (ValueError, UnicodeError):
        raise NotAllowedError("address") from None
    response = connection.getresponse()
    said = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, _read(response, said, limit), parts.geturl(), said)


def _read(response: HTTPResponse, headers: Mapping[str, str], limit: int) -> bytes:
    """Some servers pack what nobody asked them to pack."""
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise OutsideError("broken")
    unpack = zlib.decompressobj(31) if "gzip" in encoding else None
    found = bytearray()
    while piece := response.read(_PIECE):
        found += unpack.decompress(piece, limit + 1 - len(found)) if unpack else piece
        if len(found) > limit or (unpack and unpack.unconsumed_tail):
            raise TooLargeError("large")
    return bytes(found)
