"""What an installation needs: memory, pages a second, disk. docs/running/capacity.md is made of these figures.

A life of twelve weeks (the demonstration's story, by its own actions, on an ordinary database) is served by the real
`throughline serve`. Memory is what the kernel counts for web process and worker together (PSS); people are connected as
a page of their conversation connects them. Beside each stands the least that does the same in the same run: a bare
uvicorn that answers, or echoes on as many sockets; and for the disk the same rows as a compressed backup.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from bench._socket import Line
from bench.start import cpu_of, cpu_until_now
from tests.journeys.server import Server
from tests.ports import free_port
from tests.servers import postgresql
from tests.upgrade.place import Databases, Place

PEOPLE = 1000
SECONDS = 6.0
CLIENTS = 4
DAYS = 365
MANY = 3000  # pairs of the database whose backup is timed
LIVES = """
import json, os
from throughline.config.serve import make_ready
from throughline.demo.actions.making import make_demonstration
from django.db import connection
make_ready()
connection.ensure_connection()
connection.cursor().execute("VACUUM")
connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
from throughline.foundation.environment import ENV
database = ENV.data / "throughline.sqlite3"
empty = database.stat().st_size
make_demonstration()
cursor = connection.cursor()
cursor.execute("PRAGMA user_version = 0")
cursor.execute("VACUUM")
cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
from throughline.foundation import clock
from throughline.relationships.models import Membership
days = sum(
    (clock.now() - since).total_seconds() / 86400
    for since in Membership.objects.filter(role="mentor").values_list("since", flat=True)
)
from throughline.messaging.models import Message
from throughline.meetings.models import Meeting
print(json.dumps({"empty": empty, "lived": database.stat().st_size, "days": days,
    "messages": Message.objects.count(), "meetings": Meeting.objects.filter(start__lt=clock.now()).count()}))
"""
CROWD = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from throughline.accounts.models import Person
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role
from throughline.relationships.queries import relationships_of

def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key

people = []
with transaction.atomic():
    for number in range(PEOPLE // 2):
        pair = [
            Person.objects.create_user(f"p{number}.{which}@example.org", None, name=f"Person {which}", zone="UTC")
            for which in (0, 1)
        ]
        relationship = begin_relationship(by=pair[0], role=Role.MENTOR)
        join_relationship(relationship=relationship, by=pair[1], role=Role.MENTEE)
        people += [[session_of(each), str(relationship.pk)] for each in pair]
kiran = Person.objects.get(email="kiran@example.org")
(pair,) = relationships_of(kiran)
print(json.dumps({"people": people, "reader": session_of(kiran), "pair": str(pair.relationship_id)}))
""".replace("PEOPLE", str(PEOPLE))
FETCH = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
    for row in database.execute(f'SELECT * FROM "{name}"'):
        pass
"""
FETCHED = "only fetched, by sqlite3"
BARE = """
import sys, uvicorn
async def app(scope, receive, send):
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            pass
    elif scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})
port = int(sys.argv[1])
uvicorn.run(app, port=port, log_config=None, lifespan="off", ws="websockets-sansio", ws_per_message_deflate=False)
"""


def memory(*pids: int) -> float:
    """MiB that these processes have, with what they share counted once."""
    found = (re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M) for pid in pids)
    return sum(int(each[1]) for each in found if each) / 1024


def workers_of(server: Server) -> int:
    with closing(sqlite3.connect(server.data / "throughline.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM jobs_worker").fetchone()[0])


def shell(server: Server, script: str) -> dict[str, Any]:
    return dict(json.loads(server.manage("shell", "-v", "0", "-c", script).splitlines()[-1]))


def cpu_of_a_page(pid: int, port: int, path: str, cookie: str) -> tuple[float, float]:
    """Milliseconds of CPU for a page, and pages a second as CLIENTS ask without a pause."""
    counts = [0] * CLIENTS
    end = time.monotonic() + SECONDS

    def ask(which: int) -> None:
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        while time.monotonic() < end:
            line.request("GET", path, headers={"Cookie": cookie, "Host": f"localhost:{port}"})
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            counts[which] += 1

    before, begun = cpu_until_now(pid), time.monotonic()
    threads = [threading.Thread(target=ask, args=(which,)) for which in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = sum(counts)
    return (cpu_until_now(pid) - before) * 1000 / total, total / (time.monotonic() - begun)


def ticket_of(server: Server, session: str) -> str:
    asked = urllib.request.Request(f"{server.address}/live/ticket", headers={"Cookie": f"sessionid={session}"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return str(json.load(answer)["ticket"])


async def connect(server: Server, people: list[list[str]]) -> list[Line]:
    """Each as a page of their conversation: signed in, in the topic, caught up."""
    loop = asyncio.get_running_loop()
    pool, turns = ThreadPoolExecutor(4), asyncio.Semaphore(20)

    async def one(session: str, relationship: str) -> Line:
        async with turns:
            ready = loop.create_future()

            def hear(line: Line, text: str) -> None:
                if '"ready"' in text:
                    topic = f"conversation:{relationship}"
                    line.say(json.dumps({"do": "join", "n": 1, "topic": topic, "seen": 0}))
                elif "caught-up" in text and not ready.done():
                    ready.set_result(None)

            ticket = await loop.run_in_executor(pool, ticket_of, server, session)
            line = await Line.open(server.port, "/live/socket", {"Cookie": f"sessionid={session}"}, hear)
            line.say(json.dumps({"do": "hello", "ticket": ticket}))
            await asyncio.wait_for(ready, 120)
            return line

    return list(await asyncio.gather(*(one(*person) for person in people)))


async def in_company(server: Server, people: list[list[str]], measured: Callable[[], float]) -> list[float]:
    """Memory at 100 people, and at all of them."""
    lines = await connect(server, people[:100])
    found = [measured()]
    lines += await connect(server, people[100:])
    found.append(measured())
    assert not any(line.closed for line in lines), "some were cut off"
    return found


async def bare_sockets(port: int, pid: int) -> float:
    """KiB that a bare server grows by for each socket."""
    before = memory(pid)
    lines = [await Line.open(port, "/", {}, lambda line, text: None) for _ in range(PEOPLE)]
    grown = memory(pid) - before
    assert not any(line.closed for line in lines)
    return grown * 1024 / PEOPLE


def disk(folder: Path, lived: dict[str, Any]) -> dict[str, float]:
    """MiB for a pair and year, in each database and in a backup."""
    place, kept = Place(folder), folder.parent / "kept"
    share = DAYS / lived["days"] / 2**20
    (counted,) = re.findall(r": (\d+) rows", place.do("backup", "--to", kept))
    (file,) = kept.iterdir()
    found = {"sqlite": (lived["lived"] - lived["empty"]) * share, "backup": file.stat().st_size * share}
    found["rows"] = int(counted) * DAYS / lived["days"]
    with postgresql() as address:
        os.environ["DATABASE_URL"] = address
        databases = Databases()
        empty, full = databases.new(), databases.new()
        Place(folder.parent / "none", {"DATABASE_URL": empty}).do("manage", "migrate", "-v", "0")
        place.do("move", "--to", full)
        sizes = [_size_of(each) for each in (empty, full)]
        found["postgresql"] = (sizes[1] - sizes[0]) * share
    return found


def pace(folder: Path) -> dict[str, float]:
    """Rows for each second of CPU: backed up and verified, restored, and only fetched by sqlite3."""
    full, kept = Place(folder / "full"), folder / "paced"
    full.do(str(MANY), module="bench._many")
    (counted,) = re.findall(r": (\d+) rows", full.do("backup", "--to", kept))
    begun = cpu_of(lambda: full.do("backup", "--to", kept))
    restored = cpu_of(lambda: Place(folder / "again").do("restore", next(kept.iterdir())))
    fetched = cpu_of(
        lambda: subprocess.run([sys.executable, "-c", FETCH, full.data / "throughline.sqlite3"], check=True)
    )
    return {"rows": float(counted), "backup": begun, "restore": restored, "fetch": fetched}


def _size_of(address: str) -> int:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM FULL")
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row
        return int(row[0])


def say(name: str, value: float, peer: float, peer_is: str, *, more: bool = False) -> None:
    ratio = value / peer if more else peer / value
    figure = {"name": f"capacity: {name}", "value": round(value, 2), "peer": round(peer, 2), "peer_is": peer_is}
    print(json.dumps({**figure, "ratio": round(ratio, 2)}), flush=True)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, max(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="throughline-capacity-") as folder:
        server = Server(Path(folder) / "served", environment={"DATABASE_URL": "", "REDIS_URL": ""})
        lived = shell(server, LIVES)
        room = disk(server.data, lived)
        paced = pace(Path(folder))
        crowd = shell(server, CROWD)
        port = free_port()
        bare = subprocess.Popen([sys.executable, "-c", BARE, str(port)])
        try:
            with server:
                measure(server, crowd, bare.pid, port)
        finally:
            bare.kill()
            bare.wait()
    weeks = lived["days"] / 7
    say("MiB of disk, a pair a year, SQLite", room["sqlite"], room["backup"], "the same as a backup")
    say("MiB of disk, a pair a year, PostgreSQL", room["postgresql"], room["backup"], "the same as a backup")
    say("MiB of a backup, a pair a year", room["backup"], room["sqlite"], "the database in SQLite")
    rows = paced["rows"]
    say(
        "rows backed up and verified, a second of CPU",
        rows / paced["backup"],
        rows / paced["fetch"],
        FETCHED,
        more=True,
    )
    say("rows restored, a second of CPU", rows / paced["restore"], rows / paced["fetch"], FETCHED, more=True)
    say("rows of a pair a year", room["rows"], 1, "one")
    say("messages of a pair a week, in that life", lived["messages"] / weeks, 1, "one")
    say("meetings of a pair a week, in that life", lived["meetings"] / weeks, 1, "one")


def measure(server: Server, crowd: dict[str, Any], bare: int, port: int) -> None:
    cookie = f"sessionid={crowd['reader']}"
    until_it_answers(port)

    def whole() -> float:
        return memory(server.pid, *server.children())

    server.wait(lambda: workers_of(server) == 1)
    idle, bare_idle = whole(), memory(bare)
    say("MiB of memory, idle", idle, bare_idle, "bare uvicorn")
    hundred, all_of_them = asyncio.run(in_company(server, crowd["people"], whole))
    each, bare_each = (all_of_them - hundred) * 1024 / (PEOPLE - 100), asyncio.run(bare_sockets(port, bare))
    say("MiB of memory, 100 people connected", hundred, bare_idle + 100 * bare_each / 1024, "bare uvicorn")
    say("MiB of memory, 1,000 people connected", all_of_them, bare_idle + PEOPLE * bare_each / 1024, "bare uvicorn")
    say("KiB of memory for one more person", each, bare_each, "bare uvicorn")
    bare_cost, bare_rate = cpu_of_a_page(bare, port, "/", "")
    for name, path in (("Today", "/"), ("a pair's page", f"/relationships/{crowd['pair']}/")):
        cpu_of_a_page(server.pid, server.port, path, cookie)  # warm
        cost, rate = cpu_of_a_page(server.pid, server.port, path, cookie)
        say(f"ms of CPU, {name}", cost, bare_cost, "bare uvicorn")
        say(f"pages a second of one process, {name}", rate, bare_rate, "bare uvicorn", more=True)


def until_it_answers(port: int) -> None:
    while True:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
