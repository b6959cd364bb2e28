"""Two people who talk and look at pages all the time, whatever fails: as the browser's code does, without a browser."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection

from tests.scale.people import Visitor

if TYPE_CHECKING:
    from tests.scale.parts import House

AWAY = (OSError, WebSocketException, httpx.HTTPError, EOFError, KeyError, ValueError, TimeoutError)
QUIET = 3.0  # seconds without an answer after which a client comes back by another way
PAUSE = 0.05  # seconds between two sends: many more than people, and far fewer than the server's limit
LONGEST = 90.0  # seconds for anything that is waited for
INSIDE = ("Traceback", "OperationalError", "psycopg", "Internal Server Error", "site-packages", "sqlite")


@dataclass
class Talker:
    """One person. Sends a message until it is acknowledged, then the next; reads everything on the way."""

    house: House
    email: str
    first: int
    acknowledged: list[str] = field(default_factory=list)
    read: dict[int, str] = field(default_factory=dict)
    refusals: int = 0
    inside: list[str] = field(default_factory=list)
    broken: str = ""

    def __post_init__(self) -> None:
        self.stopping, self.changed = threading.Event(), threading.Condition()
        self._waiting: str | None = None
        self._session: dict[str, str] = {}
        self._thread = threading.Thread(target=self._live, name=self.email, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        self.stopping.set()
        self._thread.join(LONGEST)
        assert not self._thread.is_alive(), f"{self.email} never came back"

    def _live(self) -> None:
        try:
            self._go_on()
        except Exception as error:  # a mistake of the test itself must not be waited for
            self.broken = repr(error)
            self._note_refusal()

    def _go_on(self) -> None:
        """Through one web process after the other, from the first that lets them in."""
        turn = self.first
        session = self._session
        while not self.stopping.is_set():
            server = self.house.servers[turn % len(self.house.servers)]
            turn += 1
            with suppress(*AWAY), Visitor(server.address) as visitor:
                visitor.client.timeout = httpx.Timeout(QUIET * 4)
                visitor.client.cookies.update(session)
                if not session:
                    visitor.sign_in(self.email)
                self._look(visitor)
                if "sessionid" not in visitor.client.cookies:
                    continue
                self._session = session = {"sessionid": visitor.client.cookies["sessionid"]}
                with visitor.socket() as line:
                    self._talk(line, visitor)
            if not self.stopping.is_set():
                self._note_refusal()
                self.stopping.wait(0.2)

    def _look(self, visitor: Visitor) -> None:
        answer = visitor.get(f"/relationships/{self.house.pair}/conversation/")
        if answer.status_code not in (200, 302, 503):
            self.inside.append(f"{answer.status_code} {answer.text[:300]}")
        self.inside += [f"{word} in {answer.status_code}" for word in INSIDE if word in answer.text]

    def _talk(self, line: ClientConnection, visitor: Visitor) -> None:
        seen = self._whole_up_to()
        self._say(line, {"do": "join", "n": 1, "topic": f"conversation:{self.house.pair}", "seen": seen})
        while not self.stopping.is_set():
            self._waiting = self._waiting or str(uuid4())
            text = f"message {self._waiting}"
            body = {"text": text, "client_id": self._waiting, "please_answer": False}
            self._say(line, {"do": "send", "n": 1, "id": self._waiting, "body": body})
            for said in self._heard(line):
                if said["is"] == "taken" and said["id"] == self._waiting:
                    with self.changed:
                        self.acknowledged.append(self._waiting)
                        self._waiting = None
                        self.changed.notify_all()
                    break
            if len(self.acknowledged) % 5 == 0:
                self._look(visitor)
            self.stopping.wait(PAUSE)

    def _heard(self, line: ClientConnection) -> Iterator[dict[str, Any]]:
        while True:
            frame = json.loads(line.recv(timeout=QUIET * 4))
            for said in frame if isinstance(frame, list) else [frame]:
                self._note(said)
                yield said

    def _note(self, said: dict[str, Any]) -> None:
        body = said.get("body", {})
        if said["is"] == "taken":
            body = body.get("message", {})
        if body.get("type") == "message":
            self.read[body["number"]] = body["client_id"]
        if body.get("type") == "more":
            raise EOFError  # come back and ask for the rest
        if said["is"] in ("resync", "closed", "refused", "not-taken", "wrong"):
            raise EOFError

    def _whole_up_to(self) -> int:
        """The last message before the first that is missing, as a page says it."""
        return next(number for number in count() if number + 1 not in self.read)

    def _say(self, line: ClientConnection, what: dict[str, Any]) -> None:
        line.send(json.dumps(what))

    def _note_refusal(self) -> None:
        with self.changed:
            self.refusals += 1
            self.changed.notify_all()

    def catch_up(self) -> None:
        """Once more from where they are, until the server says that nothing is missing. Sent away, they come again."""
        end = time.monotonic() + LONGEST
        while True:
            before, whole = len(self.read), False
            with Visitor(self.house.servers[0].address) as visitor:
                visitor.client.cookies.update(self._session)  # signing in is slowed down, and each did it once
                with visitor.socket() as line, suppress(EOFError):
                    seen = self._whole_up_to()
                    self._say(line, {"do": "join", "n": 1, "topic": f"conversation:{self.house.pair}", "seen": seen})
                    for said in self._heard(line):
                        if said["is"] == "caught-up":
                            whole = True
                            break
            if whole and len(self.read) == before:
                return
            assert time.monotonic() < end, f"{self.email} was never told everything"


class Talkers:
    """Both of them. A context manager."""

    def __init__(self, house: House) -> None:
        self.people = [Talker(house, "mira@example.org", 0), Talker(house, "tomas@example.org", 1)]

    def __enter__(self) -> Self:
        for person in self.people:
            person.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for person in self.people:
            person.stopping.set()

    def wait_for_more(self, more: int) -> None:
        """Each has so many more acknowledged than now."""
        for person in self.people:
            goal = len(person.acknowledged) + more
            with person.changed:
                done = person.changed.wait_for(lambda p=person, g=goal: p.broken or len(p.acknowledged) >= g, LONGEST)
            said = person.house.servers[0].said()[-4000:]
            assert (done, person.broken) == (True, ""), f"{person.email} could not go on: {said}"

    def wait_for_refusals(self, more: int) -> None:
        for person in self.people:
            goal = person.refusals + more
            with person.changed:
                assert person.changed.wait_for(lambda p=person, g=goal: p.refusals >= g, LONGEST)

    def finish(self) -> None:
        for person in self.people:
            person.finish()

    def lost(self) -> list[str]:
        """What was acknowledged and is not there once for each of them; and what one read and the other did not."""
        for person in self.people:
            person.catch_up()
        mira, tomas = self.people
        found = [] if mira.read == tomas.read else [f"they read {len(mira.read)} and {len(tomas.read)} messages"]
        told = [*mira.read.values()]
        for person in self.people:
            found += [f"{person.email}: {each} is there {told.count(each)} times" for each in person.acknowledged
                      if told.count(each) != 1]  # fmt: skip
        return found

    def seen_inside(self) -> list[str]:
        return [each for person in self.people for each in person.inside]
