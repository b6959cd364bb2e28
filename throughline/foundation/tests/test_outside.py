"""Asking servers of others: with real servers on loopback, which a test allows as an operator would."""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from throughline.foundation.environment import ENV
from throughline.foundation.outside import NotAllowedError, OutsideError, TooLargeError, TooSlowError, fetch, fetching
from throughline.foundation.outside.addresses import is_refused

PRIVATE = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "168.63.129.16", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::",
    "2001:0:53aa:64c::80ff:fffe", "2001:db8::1",
)  # fmt: skip


@pytest.mark.parametrize("number", PRIVATE)
def test_what_is_nobodys_business_is_refused(number):
    assert is_refused(ip_address(number))


@pytest.mark.parametrize("number", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses_are_not(number):
    assert not is_refused(ip_address(number))


def test_what_an_operator_allows_is_allowed_and_nothing_beside_it():
    house = (ip_network("192.168.1.0/24"),)
    assert not is_refused(ip_address("192.168.1.7"), house)
    assert not is_refused(ip_address("::ffff:192.168.1.7"), house)
    assert is_refused(ip_address("192.168.2.7"), house)


@dataclass
class Place:
    """A server on loopback, and what it was asked: path and headers."""

    url: str
    port: int
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


Answering = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Place]]:
    """Starts servers that answer as a function says. Loopback's first address is reachable, as an operator may say."""
    running: list[ThreadingHTTPServer] = []
    monkeypatch.setattr(fetching, "ENV", replace(ENV, reachable_networks=(ip_network("127.0.0.1/32"),)))

    def start(answer: Answering, context: ssl.SSLContext | None = None) -> Place:
        place = Place("", 0)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                place.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answer(self)

            do_PUT = do_GET  # noqa: N815  http.server's names

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                pass

        server = Server(("127.0.0.1", 0), Handler)
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        place.port = server.server_address[1]
        place.url = f"http://127.0.0.1:{place.port}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.append(server)
        return place

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def says(body: bytes, status: int = 200, **headers: str) -> Answering:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_an_answer_comes_back_whole(serve):
    place = serve(says(b"hello", ETag='"1"'))
    answer = fetch(f"{place.url}/mine.ics?a=%20b&c=ü", headers={"If-None-Match": '"0"'})
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"1"')
    path, headers = place.asked[0]
    assert path == "/mine.ics?a=%20b&c=%C3%BC"
    assert (headers["host"], headers["if-none-match"]) == (f"127.0.0.1:{place.port}", '"0"')


def test_what_was_packed_is_unpacked_and_a_bomb_is_not(serve):
    assert fetch(serve(says(gzip.compress(b"hello"), Content_Encoding="gzip")).url).body == b"hello"
    bomb = serve(says(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"))
    with pytest.raises(TooLargeError):
        fetch(bomb.url, limit=1_000_000)


def test_too_much_is_not_read(serve):
    with pytest.raises(TooLargeError):
        fetch(serve(says(bytes(2_000_000))).url, limit=1_000_000)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "http:///nowhere", "http://a:b@example.org/", "http://example.org:22/",
        "http://example.org:99999/", "http://exa mple.org/", "http://[::1", "gopher://example.org", "", "nonsense",
        "http://example.org/\r\nX: y", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(url):
    with pytest.raises(NotAllowedError):
        fetch(url)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_our_own_machine_is_refused_however_it_is_written(host):
    with pytest.raises(OutsideError):
        fetch(f"http://{host}:8080/")


def test_a_redirect_into_a_private_network_is_refused(serve):
    inner = serve(says(b"secret"))
    outer = serve(says(b"", 302, Location=f"http://127.0.0.2:{inner.port}/"))
    with pytest.raises(NotAllowedError, match="private"):
        fetch(outer.url)
    assert inner.asked == []


def test_a_redirect_elsewhere_takes_no_password_along(serve):
    inner = serve(says(b"there"))
    outer = serve(says(b"", 302, Location=f"{inner.url}/x"))
    assert fetch(outer.url, headers={"Authorization": "Basic c2VjcmV0"}).body == b"there"
    assert "authorization" in outer.asked[0][1]
    assert "authorization" not in inner.asked[0][1]
    with pytest.raises(NotAllowedError):
        fetch(outer.url, method="PUT", body=b"mine")


def test_redirects_come_to_an_end(serve):
    place = serve(says(b"", 302, Location="/again"))
    with pytest.raises(NotAllowedError, match="redirected"):
        fetch(place.url)
    assert len(place.asked) == fetching.MOST_REDIRECTS + 1


def test_a_name_that_changes_its_mind_leads_where_it_was_checked(serve, monkeypatch):
    """The name is asked for once: what it would say a second time, another number, is never heard."""
    place = serve(says(b"checked"))
    given = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", place.port))]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: given.pop())
    assert fetch(f"http://calendar.example.org:{place.port}/").body == b"checked"
    assert place.asked[0][1]["host"] == f"calendar.example.org:{place.port}"
    assert given == []


def test_a_name_with_one_private_number_is_refused(monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: both)
    with pytest.raises(NotAllowedError, match="private"):
        fetch("http://calendar.example.org/")


def test_a_server_that_drips_is_left(serve):
    going = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not going.wait(0.02):
            handler.wfile.write(b".")

    place = serve(drip)
    with pytest.raises(TooSlowError):
        fetch(place.url, seconds=0.3)
    going.set()


def test_a_server_that_says_nothing_or_nonsense(serve):
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)

    for answer in (hang_up, lambda handler: handler.wfile.write(b"\x00\xff not http\r\n\r\n")):
        with pytest.raises(OutsideError, match="broken"):
            fetch(serve(answer).url)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(OutsideError, match="unreachable"):
            fetch(f"http://127.0.0.1:{unused.getsockname()[1]}/")


def test_the_certificate_is_checked_for_the_name(serve, monkeypatch, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "calendar.example.org")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - dt.timedelta(days=1), now + dt.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("calendar.example.org")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    file = tmp_path / "both.pem"
    plain = serialization.NoEncryption()
    file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain) + pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    place = serve(says(b"safe"), context)
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", place.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: here)
    with pytest.raises(OutsideError, match="certificate"):
        fetch(f"https://calendar.example.org:{place.port}/")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert fetch(f"https://calendar.example.org:{place.port}/").body == b"safe"
    with pytest.raises(OutsideError, match="certificate"):
        fetch(f"https://other.example.org:{place.port}/")
