"""Messages: from send to seen with 1,000 pairs talking; deliveries a second; memory of idle sockets.

send to seen    `throughline serve` with a database on disk; each of PAIRS pairs writes every PACE seconds for SECONDS.
                From a sender's frame to the stored message at the other's socket, which then says that it has seen it.
                Socket.IO beside it passes the same on at the same pace, and stores nothing.
deliveries/s    The hub, Socket.IO and a bare ASGI socket under the same server settings, in rooms of two (ping-pong)
                and one room of 1,000 (each message to all).
KiB a socket    What a server grew by with IDLE sockets, each joined to a room of its own.

Servers and clients share this machine's cores: figures are good against each other. The load is printed with them.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench._socket import Line

Heard = Callable[[Line, int], None]
"""Called with a socket and how many messages arrived there in one frame."""

PAIRS, PACE, SECONDS = 1_000, 40.0, 20.0
ROOMS, CROWD, RALLY = 1_000, 1_000, 5.0
IDLE = 5_000
TEXT = "x" * 100
AT_ONCE = 50  # sockets that open at once
STEP = 90.0  # seconds after which a step is given up

MANY = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from throughline.accounts.models import Person
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

def person(email):
    made = Person.objects.create(email=email, name="Somebody", zone="UTC", password="!")
    session = SessionStore()
    session[SESSION_KEY] = str(made.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = made.get_session_auth_hash()
    session.save()
    return made, session.session_key

with transaction.atomic():
    for n in range(PAIRS):
        mentor, one = person(f"a{n}@example.org")
        mentee, other = person(f"b{n}@example.org")
        relationship = begin_relationship(by=mentor, role=Role.MENTOR)
        join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
        print(json.dumps([str(relationship.pk), one, other]))
"""
TICKETS = """
import json, sys
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from throughline.foundation.live import ticket
for row in Session.objects.all():
    print(json.dumps([row.session_key, ticket.issue(row.session_key, row.get_decoded()[SESSION_KEY])]))
""".replace("row.get_decoded()[SESSION_KEY]", "__import__('uuid').UUID(row.get_decoded()[SESSION_KEY])")


# ── the three kinds of room, as clients see them ──


class Place:
    """How clients speak to one of the servers of `bench/_rooms.py`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __enter__(self) -> Place:
        command = [sys.executable, "-m", "bench._rooms", self.kind]
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.child.stdout
        self.port, self.ticket = json.loads(self.child.stdout.readline())
        return self

    def __exit__(self, *_: object) -> None:
        self.child.kill()
        self.child.wait()

    async def join(self, room: str, hear: Heard) -> Line:
        """A socket in a room; hear is called for each message that arrives."""
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        path, hello, joined, done = {
            "hub": (
                "/hub",
                json.dumps({"do": "hello", "ticket": self.ticket}),
                json.dumps({"do": "join", "n": 1, "topic": f"room:{room}", "seen": None}),
                "caught-up",
            ),
            "socket.io": ("/socket.io/?EIO=4&transport=websocket", "40", f'42["join","{room}"]', '42["joined"'),
            "bare": (f"/bare/{room}", "", "", ""),
        }[self.kind]

        def count(line: Line, text: str) -> None:
            came = text.count('"is":"message"') if self.kind == "hub" else 1
            if came:
                hear(line, came)

        def say_who(line: Line, text: str) -> None:
            if done in text:
                line.hear = count
                ready.set_result(None)
            elif '"is":"ready"' in text or text.startswith("40"):
                line.say(joined)
            elif text.startswith("0"):
                line.say(hello)

        line = await Line.open(self.port, path, {"Cookie": "sessionid=bench"}, say_who)
        if self.kind == "hub":
            line.say(hello)
        elif self.kind == "bare":
            line.hear = count
            return line
        await asyncio.wait_for(ready, STEP)
        return line

    def words(self, *, to_all: bool = False) -> str:
        if self.kind == "hub":
            asked = {"do": "send", "id": str(uuid4())} if to_all else {"do": "relay"}
            return json.dumps({**asked, "n": 1, "body": {"text": TEXT}})
        return (
            f'42["{"all" if to_all else "m"}",{{"text":"{TEXT}"}}]'
            if self.kind == "socket.io"
            else json.dumps({"text": TEXT})
        )


async def opened(place: Place, rooms: list[str], hear: Heard) -> list[Line]:
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(room: str) -> Line:
        async with turns:
            return await place.join(room, hear)

    return list(await asyncio.gather(*map(one, rooms)))


async def pairs_rally(place: Place) -> float:
    """Deliveries a second while every room of two plays ping-pong."""
    hits, words = 0, place.words()

    def back(line: Line, came: int) -> None:
        nonlocal hits
        hits += came
        line.say(words)

    rooms = [str(uuid4()) for _ in range(ROOMS)]
    lines = await opened(place, rooms, back)
    await opened(place, rooms, back)
    for line in lines:
        line.say(words)
    await asyncio.sleep(0.5)
    hits, begun = 0, time.perf_counter()
    await asyncio.sleep(RALLY)
    return hits / (time.perf_counter() - begun)


async def crowd(place: Place) -> float:
    """Deliveries a second in one room: the next message is sent when all have the one before the last."""
    hits = 0
    lines: list[Line] = []

    def count(_line: Line, came: int) -> None:
        nonlocal hits
        before, hits = hits, hits + came
        for _ in range(hits // CROWD - before // CROWD):
            lines[0].say(place.words(to_all=True))

    lines += await opened(place, [str(uuid4())] * CROWD, count)
    for _ in range(2):
        lines[0].say(place.words(to_all=True))
    await asyncio.sleep(0.5)
    before, begun = hits, time.perf_counter()
    await asyncio.sleep(RALLY)
    return (hits - before) / (time.perf_counter() - begun)


async def idle(place: Place) -> float:
    """KiB that the server grew by for each idle socket."""
    before = resident(place.child.pid)
    lines = await opened(place, [str(uuid4()) for _ in range(IDLE)], lambda line, came: None)
    await asyncio.sleep(1)
    assert not any(line.closed for line in lines)
    return (resident(place.child.pid) - before) / IDLE


def resident(pid: int) -> float:
    """KiB of memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return float(status.partition("VmRSS:")[2].split()[0])


# ── from send to seen ──


async def ours(server: Any, pairs: list[list[str]], tickets: dict[str, str]) -> list[float]:
    """Milliseconds of each message, from the sender's frame to the other's socket."""
    sent: dict[str, float] = {}
    took: list[float] = []
    turns = asyncio.Semaphore(AT_ONCE)

    async def sit(relationship: str, session: str, *, reads: bool) -> Line:
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def hear(line: Line, text: str) -> None:
            for said in (lambda found: found if isinstance(found, list) else [found])(json.loads(text)):
                if said["is"] == "ready":
                    joined = {"do": "join", "n": 1, "topic": f"conversation:{relationship}", "seen": 0}
                    line.say(json.dumps(joined))
                elif said["is"] == "caught-up":
                    ready.set_result(None)
                elif said["is"] == "message" and said["body"]["type"] == "message" and reads:
                    took.append((time.perf_counter() - sent.pop(said["body"]["client_id"])) * 1000)
                    seen = {"seen": said["body"]["number"]}
                    line.say(json.dumps({"do": "send", "n": 1, "id": str(uuid4()), "body": seen}))
                elif said["is"] in ("refused", "not-taken", "closed") or "refused" in said.get("body", {}):
                    raise RuntimeError(text)

        async with turns:
            line = await Line.open(server.port, "/live/socket", {"Cookie": f"sessionid={session}"}, hear)
            line.say(json.dumps({"do": "hello", "ticket": tickets[session]}))
            await asyncio.wait_for(ready, STEP)
            return line

    lines = await asyncio.gather(*(sit(relationship, one, reads=False) for relationship, one, _ in pairs))
    await asyncio.gather(*(sit(relationship, other, reads=True) for relationship, _, other in pairs))

    def send(line: Line) -> None:
        client_id = str(uuid4())
        sent[client_id] = time.perf_counter()
        body = {"client_id": client_id, "text": TEXT, "please_answer": False}
        line.say(json.dumps({"do": "send", "n": 1, "id": str(uuid4()), "body": body}))

    await talk(list(lines), send, lambda: not sent)
    return took


async def theirs(place: Place) -> list[float]:
    sent: dict[Line, float] = {}
    took: list[float] = []
    rooms = [str(uuid4()) for _ in range(PAIRS)]
    lines = await opened(place, rooms, lambda line, came: None)
    writer_of: dict[Line, Line] = {}

    def arrived(line: Line, came: int) -> None:
        took.append((time.perf_counter() - sent.pop(writer_of[line])) * 1000)

    readers = await opened(place, rooms, arrived)
    writer_of.update(zip(readers, lines, strict=True))

    def send(line: Line) -> None:
        sent[line] = time.perf_counter()
        line.say(place.words())

    await talk(lines, send, lambda: not sent)
    return took


async def talk(lines: list[Line], send: Callable[[Line], None], done: Callable[[], bool]) -> None:
    """Every line sends once in each PACE, at a moment of its own, for SECONDS; then what is under way arrives."""
    chance = random.Random(1)
    due = sorted((chance.random() * PACE + turn * PACE, n) for n in range(len(lines)) for turn in range(2))
    begun = time.perf_counter()
    for at, n in due:
        if at > SECONDS:
            break
        await asyncio.sleep(max(0.0, begun + at - time.perf_counter()))
        send(lines[n])
    end = time.perf_counter() + 30
    while not done() and time.perf_counter() < end:
        await asyncio.sleep(0.05)
    assert done(), "some messages never arrived"


def send_to_seen() -> list[float]:
    from tests.journeys.server import Server

    with Server(Path(tempfile.mkdtemp(prefix="throughline-bench-"))) as server:
        rows = server.manage("shell", "-v", "0", "-c", MANY.replace("PAIRS", str(PAIRS)))
        pairs = [json.loads(row) for row in rows.splitlines()]
        tickets = dict(json.loads(row) for row in server.manage("shell", "-v", "0", "-c", TICKETS).splitlines())
        return asyncio.run(ours(server, pairs, tickets))


# ── what is printed ──


def show(name: str, value: float, peer: float, ratio: float, peer_is: str = "socket.io") -> None:
    load = round(os.getloadavg()[0], 1)
    figure = {"name": f"messages: {name}", "value": round(value, 1), "peer": round(peer, 1), "ratio": round(ratio, 2)}
    print(json.dumps({**figure, "peer_is": peer_is, "load": load}), flush=True)


def beside(name: str, measure: Callable[[Place], Any]) -> None:
    found: dict[str, float] = {}
    for kind in ("bare", "socket.io", "hub"):
        with Place(kind) as place:
            found[kind] = asyncio.run(measure(place))
    show(name, found["hub"], found["socket.io"], found["hub"] / found["socket.io"])
    show(f"{name} (bare)", found["hub"], found["bare"], found["hub"] / found["bare"], "bare ASGI socket")


def main() -> None:
    beside(f"deliveries/s, {ROOMS} rooms of two", pairs_rally)
    beside(f"deliveries/s, one room of {CROWD}", crowd)
    memory: dict[str, float] = {}
    for kind in ("socket.io", "hub"):
        with Place(kind) as place:
            memory[kind] = asyncio.run(idle(place))
    show(
        f"KiB for each of {IDLE} idle sockets", memory["hub"], memory["socket.io"], memory["socket.io"] / memory["hub"]
    )
    with Place("socket.io") as place:
        peers = statistics.quantiles(asyncio.run(theirs(place)), n=100)
    values = statistics.quantiles(send_to_seen(), n=100)
    for percent in (50, 95, 99):
        value, peer = values[percent - 1], peers[percent - 1]
        show(f"send to seen p{percent}, ms", value, peer, peer / value, "socket.io, which stores nothing")


if __name__ == "__main__":
    main()
