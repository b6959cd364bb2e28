"""Somebody who signs in at a real server and looks around, without a browser.

with Visitor(address) as mira:
    mira.sign_in("mira@example.org")
    page = mira.get("/")
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx
from websockets import Origin
from websockets.sync.client import ClientConnection, connect

from tests.journeys.server import Server

PASSWORD = "correct horse battery"
PATIENCE = 60.0  # seconds for one answer of a machine that is busy
PEOPLE = """
from allauth.account.models import EmailAddress
from throughline.accounts.models import Person
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role
def person(email, name, zone):
    made = Person.objects.create_user(email, PASSWORD, name=name, zone=zone)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made
mira = person("mira@example.org", "Mira Lindqvist", "Europe/Berlin")
tomas = person("tomas@example.org", "Tomás Rivera", "America/Los_Angeles")
olu = person("olu@example.org", "Olu Adeyemi", "Africa/Lagos")
olu.is_staff = True
olu.save()
pair = begin_relationship(by=mira, role=Role.MENTOR)
join_relationship(relationship=pair, by=tomas, role=Role.MENTEE)
print("pair=" + str(pair.pk))
""".replace("PASSWORD", repr(PASSWORD))


def settle(server: Server) -> str:
    """Two people with a relationship, and an administrator, in an empty database. Returns the relationship's id."""
    return server.manage("shell", "-v", "0", "-c", PEOPLE).rpartition("pair=")[2].strip()


class Links(HTMLParser):
    """Every address that a page names, whatever for."""

    NAMED = ("href", "src", "action", "hx-get", "hx-post", "poster", "after", "ask")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.follow: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name in self.NAMED or (name.startswith("data-") and re.fullmatch(r"/[\w./-]*", value))):
                self.found.append(value)
                if tag == "a" and name == "href":
                    self.follow.append(value)


class Visitor:
    """A browser without a screen: cookies, forms, a socket. `address` is what people would type, without a slash."""

    def __init__(self, address: str, trust: ssl.SSLContext | None = None) -> None:
        self.address = address
        parts = urlsplit(address)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._trust = trust
        self.client = httpx.Client(verify=trust or True, timeout=PATIENCE, follow_redirects=False, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(urljoin(self.origin, path), headers=headers)

    def post(
        self, path: str, values: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None
    ) -> httpx.Response:
        """As from a page of ours: with the token against forgery, which the page shows."""
        address = urljoin(self.origin, path)
        token = self.client.cookies.get("csrftoken") or ""
        headers = {"Referer": address, "Origin": self.origin, "X-CSRFToken": token}
        return self.client.post(address, data=values, files=files, headers=headers)

    def sign_in(self, email: str) -> httpx.Response:
        path = f"{urlsplit(self.address).path}/account/login/"
        self.get(path)
        return self.post(path, {"login": email, "password": PASSWORD})

    @contextmanager
    def socket(self) -> Iterator[ClientConnection]:
        """The page's socket, past its ticket."""
        below = urlsplit(self.address).path
        ticket = json.loads(self.get(f"{below}/live/ticket").content)["ticket"]
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        address = f"{self.address.replace('http', 'ws', 1)}/live/socket"
        opening = connect(
            address, additional_headers={"Cookie": cookies}, origin=Origin(self.origin), ssl=self._trust,
            open_timeout=PATIENCE, proxy=None,
        )  # fmt: skip
        with opening as opened:
            opened.send(json.dumps({"do": "hello", "ticket": ticket}))
            opened.recv(timeout=PATIENCE)
            yield opened
