"""Where mail goes: a real mail server when one is named, else the outbox, which only this machine can read."""

from __future__ import annotations

import dataclasses
import socket

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMultiAlternatives, get_connection

from throughline.notices import access, outbox
from throughline.notices.mailserver import settings_from


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, "", "", False, False)),
        ("smtp://me%40x:p%2Fw@mail.example.org:2525/?tls=1", ("mail.example.org", 2525, "me@x", "p/w", True, False)),
        ("smtp://mail.example.org/?tls=1", ("mail.example.org", 587, "", "", True, False)),
        ("smtp://mail.example.org/?ssl=1", ("mail.example.org", 465, "", "", False, True)),
    ],
)
def test_an_address_of_a_mail_server(url, expected):
    found = settings_from(url)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected


@pytest.mark.parametrize("url", ["mail.example.org", "http://x", "smtp://", "smtp://x:99999", "smtp://x/?tls=1&ssl=1"])
def test_an_address_that_cannot_be_used(url):
    with pytest.raises(ValueError, match="EMAIL_URL"):
        settings_from(url)


class Sink:
    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server, session, envelope):
        self.received.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


def test_a_real_mail_server_takes_the_mail():
    sink = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    try:
        chosen = settings_from(f"smtp://127.0.0.1:{port}")
        backend = get_connection(chosen["EMAIL_BACKEND"], host=chosen["EMAIL_HOST"], port=chosen["EMAIL_PORT"])
        message = EmailMultiAlternatives("Grüße", "Wörter", "a@example.org", ["b@example.org"], connection=backend)
        message.attach_alternative("<p>Wörter</p>", "text/html")
        assert message.send() == 1
    finally:
        server.stop()
    ((to, content),) = sink.received
    assert to == ["b@example.org"]
    assert b"multipart/alternative" in content


@pytest.fixture
def here(client, monkeypatch, tmp_path):
    """An installation without a mail server that listens on this machine alone."""
    env = dataclasses.replace(
        access.ENV, data=tmp_path, email_url="", host="127.0.0.1", base_url="http://localhost:8000"
    )
    monkeypatch.setattr(access, "ENV", env)
    monkeypatch.setattr(outbox, "ENV", env)
    client.defaults["HTTP_HOST"] = "localhost:8000"
    return env


def test_the_outbox_shows_the_newest_first(client, here):
    backend = outbox.OutboxBackend()
    for number in range(2):
        body = f"Hello <b>\nhttp://localhost/a?b={number}&c=1"
        backend.send_messages([EmailMultiAlternatives(f"Mail {number}", body, "a@x.org", ["b@x.org"])])
    assert [(kept.subject, kept.to, kept.text) for kept in outbox.kept()] == [
        ("Mail 1", "b@x.org", "Hello <b>\nhttp://localhost/a?b=1&c=1"),
        ("Mail 0", "b@x.org", "Hello <b>\nhttp://localhost/a?b=0&c=1"),
    ]
    page = client.get("/outbox/").content.decode()
    assert "Hello &lt;b&gt;" in page
    assert 'href="http://localhost/a?b=1&amp;c=1"' in page


def test_the_outbox_is_for_this_machine_alone(client, here, monkeypatch):
    assert client.get("/outbox/").status_code == 200
    assert client.get("/outbox/", REMOTE_ADDR="::1").status_code == 200
    assert client.get("/outbox/", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/outbox/", REMOTE_ADDR="").status_code == 404
    assert client.get("/outbox/", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404
    assert client.get("/outbox/", HTTP_HOST="testserver").status_code == 404
    for change in ({"host": "0.0.0.0"}, {"email_url": "smtp://x"}, {"base_url": "https://mentoring.example.org"}):
        monkeypatch.setattr(access, "ENV", dataclasses.replace(here, **change))
        assert client.get("/outbox/").status_code == 404, change
