"""A restart: open pages are told to come back, and what the program prints on the way holds no secret."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from websockets import Origin
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.journeys.server import Server

pytestmark = pytest.mark.both_databases

SIGN_IN = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from throughline.accounts.models import Person
person = Person.objects.create_user("mira@example.org", "correct horse battery")
session = SessionStore()
session[SESSION_KEY] = str(person.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = person.get_session_auth_hash()
session.save()
print("session=" + session.session_key)
"""


@contextmanager
def open_socket(server: Server) -> Iterator[ClientConnection]:
    """A page's socket of a signed-in person, past its ticket."""
    said = server.manage("shell", "--verbosity=0", "-c", SIGN_IN)
    cookie = "sessionid=" + said.partition("session=")[2].strip()
    asked = urllib.request.Request(f"{server.address}/live/ticket", headers={"Cookie": cookie})
    with urllib.request.urlopen(asked) as answer:
        ticket = json.load(answer)["ticket"]
    address = server.address.replace("http", "ws") + "/live/socket"
    with connect(address, additional_headers={"Cookie": cookie}, origin=Origin(server.address)) as socket:
        socket.send(json.dumps({"do": "hello", "ticket": ticket}))
        socket.recv(timeout=20)
        yield socket


def test_sockets_are_told_that_the_server_comes_back(server: Server) -> None:
    with open_socket(server) as socket:
        assert server.stop() == 0
        with pytest.raises(ConnectionClosed) as end:
            socket.recv(timeout=20)
    assert end.value.rcvd is not None
    assert end.value.rcvd.code == 1012


def test_what_is_printed_names_no_address_that_was_asked_for(server: Server) -> None:
    secret = "a-secret-of-an-invitation"
    for address in (f"/invitations/{secret}/", f"/account/password/reset/key/{secret}/?token={secret}"):
        try:
            urllib.request.urlopen(server.address + address).close()
        except urllib.error.HTTPError as refusal:
            refusal.close()
    assert server.stop() == 0
    assert secret not in server.said()
    assert server.said() == f"Throughline is at {server.address}\n"


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs Redis: python -m tests.servers …")
def test_with_redis_two_web_processes_serve_one_installation(server: Server) -> None:
    second = Server(server.data.parent)
    second.environment = {**server.environment, "PORT": str(second.port)}
    with second:
        assert [urllib.request.urlopen(f"{each.address}/healthz").read() for each in (server, second)] == [b"ready"] * 2
        server.wait(lambda: [len(each.children()) for each in (server, second)] == [1, 1])
