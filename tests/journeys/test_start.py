"""A server starts, shows its first page, survives kill -9, and lets nobody else into its place."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
import urllib.request
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.journeys.conftest import PHONE, MakeServer, PersonBrowser
from tests.journeys.mailbox import Mailbox
from tests.journeys.server import ROOT, Server


def test_the_first_page_greets_a_stranger(server: Server, person_browser: PersonBrowser) -> None:
    page = person_browser("America/Los_Angeles", "en-US", PHONE).new_page()
    answer = page.goto(server.address)
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "America/Los_Angeles"
    assert (
        page.evaluate("navigator.mediaDevices.getUserMedia({video: true, audio: true}).then(s => s.getTracks().length)")
        == 2
    )


def test_a_killed_server_comes_back_with_its_data(server: Server) -> None:
    secret = server.data / "keys" / "django.key"
    before = secret.read_bytes()
    server.kill()
    server.start()
    assert secret.read_bytes() == before
    assert server.stop() == 0


def test_a_killed_worker_is_replaced_and_leaves_with_a_killed_server(server: Server) -> None:
    server.wait(lambda: len(server.children()) == 1)
    (first,) = server.children()
    os.kill(first, signal.SIGKILL)
    server.wait(lambda: len(server.children() - {first}) == 1)
    (second,) = server.children()
    server.kill()
    server.wait(lambda: not Path(f"/proc/{second}").exists())


@pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="with Redis a second server may start")
def test_a_second_server_on_the_same_data_says_why_it_does_not_start(server: Server) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "throughline.config.command", "serve"],
        cwd=ROOT, env={**server.environment, "PORT": "1"}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == (
        f"Throughline already serves from {server.data}. Stop the other one first; or set REDIS_URL in both, "
        "so that several web processes can pass messages to each other.\n"
    )


def test_a_busy_port_is_said_plainly(make_server: MakeServer, server: Server) -> None:
    other = make_server(environment={"PORT": str(server.port)})
    done = subprocess.run(
        [sys.executable, "-m", "throughline.config.command", "serve"],
        cwd=ROOT, env=other.environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {server.port} of 127.0.0.1 is in use. Set PORT to another one, or stop what listens there.\n"
    )


def test_static_files_keep_for_a_year_when_their_name_says_what_they_hold(server: Server) -> None:
    with urllib.request.urlopen(f"{server.address}/static/built/manifest.json") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
    with urllib.request.urlopen(f"{server.address}/static/admin/css/base.css") as answer:
        assert answer.headers["Content-Encoding"] is None
    asked = urllib.request.Request(f"{server.address}/static/admin/css/base.css", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"


def test_the_mailbox_hands_out_each_mail_once(mailbox: Mailbox) -> None:
    for number in ("first", "second"):
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = "Confirm", "a@example.org", "b@example.org"
        message.set_content(f"Open http://localhost/{number}/.")
        with smtplib.SMTP("127.0.0.1", int(mailbox.url.rpartition(":")[2])) as client:
            client.send_message(message)
    links = [mailbox.wait_for(to="b@example.org", subject_contains="confirm").links() for _ in range(2)]
    assert links == [["http://localhost/first/"], ["http://localhost/second/"]]
