"""Two people's browsers and the server between them, one step at a time: lines that drop, writers that are killed.

The server's parts are real (topic, queue, writer's store, log); only the threads and the socket are left out, so that
a seed decides what happens when. The client does what islands/editor/shared.ts does: it keeps each update until it is
said to be stored, and on coming back says what it has and sends what the server lacks.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import time_machine

from throughline.coediting.domain.merging import EMPTY, document_of
from throughline.coediting.jobs import compact
from throughline.coediting.queries import COMPACT_AFTER
from throughline.coediting.sockets import DocumentTopic
from throughline.coediting.waiting import Waiting, queue
from throughline.coediting.writer import store
from throughline.foundation import clock
from throughline.foundation.live.topics import Seat, Ways, reach_through

TOPIC = DocumentTopic()


class Line:
    """One person's browser. `up` and `down` are the frames on their way."""

    def __init__(self, person_id: UUID, document_id: UUID, start: bytes) -> None:
        self.doc = document_of([start])
        self.kept: list[tuple[int, bytes]] = []
        self.up: list[tuple[int, bytes]] = []
        self.down: list[dict[str, Any] | bytes] = []
        self.number = 0
        self._person_id, self._document_id = person_id, document_id
        self.seat: Seat | None = None

    def type(self, update: bytes) -> None:
        self.doc.apply_update(update)
        self.number += 1
        self.kept.append((self.number, update))
        if self.seat:
            self.up.append((self.number, update))

    def drop(self) -> None:
        """Everything on its way is lost, in both directions."""
        self.seat = None
        self.up, self.down = [], []

    def arrive(self) -> None:
        topic = f"document:{self._document_id}"
        self.seat = Seat(uuid4().hex, self._person_id, topic, self._document_id)
        vector = base64.b64encode(self.doc.get_state()).decode()
        said = TOPIC.joined(self.seat, vector)
        for one in said:
            self.take(one)
        theirs = base64.b64decode(said[-1]["vector"])  # type: ignore[call-overload]
        lacking = self.doc.get_update(theirs)
        if self.kept or lacking != EMPTY:
            self.number += 1
            self.up.append((self.number, lacking))

    def take(self, said: dict[str, Any] | bytes) -> None:
        if isinstance(said, bytes):
            self.doc.apply_update(said)
        elif "saved" in said:
            self.kept = [(number, update) for number, update in self.kept if number > said["saved"]]


class House:
    """The server and two lines."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines

    def tell(self, seat: Seat, message: Any) -> None:
        for line in self.lines:
            if line.seat == seat:
                line.down.append(message)

    def hear(self, line: Line) -> None:
        """The server takes the oldest frame of a line and passes it on."""
        number, update = line.up.pop(0)
        assert line.seat
        assert queue.put(Waiting(line.seat, number, update))
        for other in self.lines:
            if other is not line and other.seat:
                other.down.append(update)

    def write(self) -> None:
        queue.close()  # take() does not wait for more
        if batch := queue.take():
            store(batch)
        queue.done()

    def crash(self) -> None:
        """Killed: what was not stored is gone, and nobody was told that it was stored."""
        queue.close()
        queue.take()
        queue.done()
        for line in self.lines:
            line.drop()

    def compact(self) -> None:
        """A minute later, the job that merges a long log looks by."""
        with time_machine.travel(clock.now() + COMPACT_AFTER + timedelta(seconds=1), tick=False):
            compact()

    def settle(self) -> None:
        """Everybody comes back, and everything arrives."""
        for line in self.lines:
            if line.seat is None:
                line.arrive()
        while any(line.up or line.down for line in self.lines):
            for line in self.lines:
                while line.up:
                    self.hear(line)
            self.write()
            for line in self.lines:
                while line.down:
                    line.take(line.down.pop(0))


@contextmanager
def house_of(lines: list[Line]) -> Iterator[House]:
    """Acknowledgements find their line; the queue is left as it was found."""
    house = House(lines)
    before = reach_through(Ways(lambda topic, message: None, house.tell))
    try:
        yield house
    finally:
        house.write()
        queue.close(False)
        reach_through(before)


def interleave(house: House, to_type: list[tuple[int, bytes, dict[int, int]]], chance: Random) -> int:
    """Type everything, each update once its writer has what it was written on, amid mishaps; says how many lines fell.

    to_type: (which line, the update, what it was written on: clocks by Yjs client).
    """
    fallen = 0
    waiting = [[step for step in to_type if step[0] == number] for number in range(len(house.lines))]
    while any(waiting):
        number = chance.randrange(len(house.lines))
        line, todo = house.lines[number], waiting[number]
        what = chance.random()
        if what < 0.5 and todo and has(line, todo[0][2]):
            line.type(todo.pop(0)[1])
        elif what < 0.65 and line.up:
            house.hear(line)
        elif what < 0.85 and line.down:
            line.take(line.down.pop(0))
        elif what < 0.88:
            house.write()
        elif what < 0.9:
            fallen += line.seat is not None
            line.drop()
        elif what < 0.902:
            house.crash()
        elif what < 0.904:
            house.compact()
        elif line.seat is None:
            line.arrive()
    house.settle()
    return fallen


def has(line: Line, needed: dict[int, int]) -> bool:
    known = clocks(line.doc.get_state())
    return all(known.get(client, 0) >= clock for client, clock in needed.items())


def clocks(vector: bytes) -> dict[int, int]:
    """A state vector as numbers."""
    numbers, value, shift = list[int](), 0, 0
    for byte in vector:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return dict(zip(numbers[1::2], numbers[2::2], strict=True))
