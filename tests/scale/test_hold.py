"""Several processes on one PostgreSQL and one Redis, and everything that may fail under them.

What was acknowledged is there, clients come back by themselves, and nobody sees the inside of an error.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.scale.load import Talkers
from tests.scale.parts import House, Parts
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
            with house.filled(disk):
                talking.wait_for_refusals(3)
                house.page_says("There is no room left to save anything")
            parts.postgresql.restart_when_down()
            talking.wait_for_more(4)
            talking.finish()
            house.holds(talking)
