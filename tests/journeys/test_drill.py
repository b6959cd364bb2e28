"""The restore drill: a backup while people write, restored elsewhere and in place, and everything in it works."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonBrowser
from tests.journeys.server import Server
from tests.servers import postgresql
from tests.upgrade.alive import EXPECTED
from tests.upgrade.place import Databases, Place
from tests.upgrade.release import unpack
from tests.upgrade.writer import Writer

pytestmark = pytest.mark.deep
PATIENT = 120_000  # milliseconds, on a busy machine
PEOPLE = {"kiran@example.org": "look-around", "marisol@example.org": "look-around"}
CONVERSATION = """
import json
from throughline.accounts.models import Person
from throughline.relationships.queries import relationships_of
(mine,) = relationships_of(Person.objects.get(email="kiran@example.org"))
print(json.dumps(f"/relationships/{mine.relationship_id}/conversation/"))
"""
SAID = """
import json
from throughline.messaging.models import Message
load = [m for m in Message.objects.order_by("number") if m.text.startswith("load ")]
said = {}
for message in load:
    said.setdefault(message.sender.email, []).append(int(message.text.removeprefix("load ")))
print(json.dumps(said))
"""


def place_of(server: Server) -> Place:
    return Place(server.data, {"DATABASE_URL": server.environment.get("DATABASE_URL", "")})


def said_on(server: Server) -> dict[str, int]:
    """How many of each writer's messages are there; they must be the first of them, each once and in order."""
    said: dict[str, list[int]] = json.loads(server.manage("shell", "-v", "0", "-c", SAID))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in said.values()), said
    return {email: len(numbers) for email, numbers in said.items()}


@pytest.fixture(params=["sqlite", "postgresql"])
def servers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """A life that release 0.1.0 began, upgraded and served; and an empty place for the restore."""
    unpack("0.1.0", tmp_path / "first" / "data")
    with ExitStack() as used, postgresql() if request.param == "postgresql" else nullcontext() as address:
        made = [Server(tmp_path / name, environment={"DATABASE_URL": ""}) for name in ("first", "second")]
        if address:
            os.environ["DATABASE_URL"] = address
            used.callback(os.environ.pop, "DATABASE_URL")
            databases = Databases()
            addresses = [databases.new() for _ in made]
            place_of(made[0]).do("move", "--to", addresses[0])
            for server, each in zip(made, addresses, strict=True):
                server.environment["DATABASE_URL"] = each
        made[0].start()
        yield made[0], made[1]
        for server in made:
            server.stop()


def test_the_drill(servers: tuple[Server, Server], person_browser: PersonBrowser, tmp_path: Path) -> None:
    first, second = servers
    here, there = place_of(first), place_of(second)
    path = json.loads(first.manage("shell", "-v", "0", "-c", CONVERSATION))
    with ExitStack() as load:
        writers = {
            email: load.enter_context(Writer(first.address, email, word, path)) for email, word in PEOPLE.items()
        }
        for writer in writers.values():
            writer.wait_for(3)
        before = {email: writer.acknowledged for email, writer in writers.items()}
        here.do("backup", "--to", tmp_path / "kept")
        after = {email: writer.acknowledged + 1 for email, writer in writers.items()}  # one may be on its way
        (file,) = (tmp_path / "kept").iterdir()
        assert "Whole" in here.do("backup", "verify", file)

        there.do("restore", file)  # while the first goes on
        restored = said_on(second)
        assert all(before[email] <= restored[email] <= after[email] for email in PEOPLE), (before, restored, after)
        assert json.loads(there.do(module="tests.upgrade.alive").splitlines()[-1]) == EXPECTED

        second.start()
        page = person_browser("Asia/Kathmandu").new_page()
        page.set_default_timeout(PATIENT)
        page.goto(f"{second.address}/account/login/?next={path}")
        page.fill('[name="login"]', "kiran@example.org")
        page.fill('[name="password"]', PEOPLE["kiran@example.org"])
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.locator(".line").filter(has_text=f"load {restored['kiran@example.org']}").last).to_be_visible()

        # In place, while they write: the server makes way and comes back by itself, and they go on.
        marks = {email: writer.acknowledged for email, writer in writers.items()}
        pid = first.pid
        here.do("restore", file, "--replace")
        for email, writer in writers.items():
            writer.wait_for(marks[email] + 3)
        assert first.pid == pid
    first.wait_until_ready()
    assert first.said().count("Throughline is at") == 2
    assert "Traceback" not in first.said()
