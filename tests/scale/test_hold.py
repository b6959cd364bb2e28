"""Several processes on one PostgreSQL and one Redis, and everything that may fail under them.

What was acknowledged is there, clients come back by themselves, and nobody sees the inside of an error.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.journeys.databases import Blank
from tests.journeys.server import Server
from tests.scale.load import Talkers
from tests.scale.parts import House, Parts, filled, until
from tests.scale.people import Visitor, settle
from tests.scale.small import small_disk
from tests.servers import service_folder

WEB_PROCESSES = 2


@pytest.fixture(scope="module")
def house(module_folder: Path) -> Iterator[House]:
    """Web processes on services of their own, with an empty database and a pair in it."""
    with ExitStack() as running:
        parts = running.enter_context(Parts(running.enter_context(service_folder())))
        yield running.enter_context(House(module_folder / "house", parts, WEB_PROCESSES))


@pytest.fixture
def talkers(house: House) -> Iterator[Talkers]:
    """Both people of the pair talk all the time, each through another process, and read everything."""
    house.all_ready()
    with Talkers(house) as talking:
        talking.wait_for_more(4)
        yield talking
        talking.wait_for_more(4)
        talking.finish()
        house.holds(talking)


def test_a_web_process_is_killed(house: House, talkers: Talkers) -> None:
    house.servers[0].kill()
    talkers.wait_for_more(6)
    house.servers[0].start()


def test_redis_restarts(house: House, talkers: Talkers) -> None:
    house.parts.redis.kill()
    talkers.wait_for_more(6)  # the line to the database is enough to send
    house.parts.redis.start()


def test_postgresql_restarts(house: House, talkers: Talkers) -> None:
    house.parts.postgresql.stop()
    talkers.wait_for_refusals(3)
    house.page_says("We cannot reach our own records just now")
    house.program_is_told("We cannot reach our own records just now")
    house.parts.postgresql.start()
    talkers.wait_for_more(6)


@pytest.mark.deep
def test_postgresql_is_killed(house: House, talkers: Talkers) -> None:
    house.parts.postgresql.kill()
    talkers.wait_for_refusals(3)
    house.parts.postgresql.start()


@pytest.mark.deep
def test_postgresql_stands_still_for_ten_seconds(house: House, talkers: Talkers) -> None:
    with house.parts.postgresql.standing_still():
        house.wait_seconds(10)


@pytest.mark.deep
def test_redis_stands_still_for_ten_seconds(house: House, talkers: Talkers) -> None:
    with house.parts.redis.standing_still():
        talkers.wait_for_more(4)
        house.wait_seconds(10)


@pytest.mark.deep
def test_a_worker_is_killed(house: House, talkers: Talkers) -> None:
    server = house.servers[1]
    before = server.children()
    for pid in before:
        os.kill(pid, 9)
    server.wait(lambda: bool(server.children()) and not server.children() & before)
    house.a_mail_goes_out()


@pytest.mark.deep
def test_each_web_process_is_asked_to_end_in_turn(house: House, talkers: Talkers) -> None:
    for server in house.servers:
        assert server.stop() == 0
        talkers.wait_for_more(4)
        server.start()


@pytest.mark.deep
def test_all_web_processes_are_asked_to_end_at_once(house: House, talkers: Talkers) -> None:
    assert [server.stop() for server in house.servers] == [0] * WEB_PROCESSES
    for server in house.servers:
        server.start(ready=False)
    house.all_ready()


@pytest.mark.deep
def test_everything_is_killed_at_once(house: House, talkers: Talkers) -> None:
    for server in house.servers:
        server.kill()
    house.parts.redis.kill()
    house.parts.postgresql.kill()
    house.parts.postgresql.start()
    house.parts.redis.start()
    for server in house.servers:
        server.start(ready=False)
    house.all_ready()


@pytest.mark.deep
def test_a_separate_worker_beside_the_servers(house: House, talkers: Talkers) -> None:
    with house.worker():
        house.wait_for_workers(WEB_PROCESSES + 1)
        house.a_mail_goes_out()


@pytest.mark.deep
def test_the_disk_of_postgresql_is_full(module_folder: Path) -> None:
    with service_folder() as folder, small_disk(folder / "small", megabytes=160) as disk, ExitStack() as running:
        parts = running.enter_context(Parts(folder, data=disk / "postgresql"))
        house = running.enter_context(House(module_folder / "full-house", parts, 1))
        with Talkers(house) as talking:
            talking.wait_for_more(4)
            with filled(disk):
                talking.wait_for_refusals(3)
                # It says so itself while it can, and leaves when it cannot write its log any more.
                house.page_says("There is no room left to save anything", "We cannot reach our own records just now")
            parts.postgresql.restart_when_down()
            talking.wait_for_more(4)
            talking.finish()
            house.holds(talking)


@pytest.mark.deep
def test_the_disk_of_everything_is_full(module_folder: Path, blank: Blank) -> None:
    """SQLite, the keys and the files on one small disk."""
    with small_disk(module_folder / "one-disk", megabytes=24) as disk:
        server = Server(disk)
        blank.lend_to(server)
        pair = settle(server)
        with server, Visitor(server.address) as mira:
            mira.sign_in("mira@example.org")
            conversation = f"/relationships/{pair}/conversation/"
            sent = [say(mira, conversation, f"before {number}") for number in range(3)]
            with filled(disk):
                until(lambda: say(mira, conversation, "while it is full").status_code == 503, server.said)
                refused = say(mira, conversation, "while it is full")
                assert "There is no room left to save anything" in refused.text
                assert mira.get(conversation).status_code == 200  # reading needs no room
                assert mira.get("/healthz").text == "ready"
            until(lambda: say(mira, conversation, "after").status_code == 302, server.said)
            page = mira.get(conversation).text
            assert [answer.status_code for answer in sent] == [302] * 3
            assert [page.count(f"<p>before {number}</p>") for number in range(3)] == [1, 1, 1]
            assert "while it is full" not in page
            assert server.stop() == 0
            assert "Traceback" not in server.said()


def say(who: Visitor, address: str, text: str) -> httpx.Response:
    return who.post(address, {"text": text, "client_id": str(uuid4())})
