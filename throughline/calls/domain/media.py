"""What a call was, from what its browsers reported: how long together, how long with video, how long with voice.

A span is a stretch in which one browser's report stayed the same. Three rules turn spans into a talk:

1. A person is **present** while a span of theirs runs, whatever it says.
2. One direction (from A to B, both present) is **video** while A reports sending pictures and B reports decoding
   pictures of A. It is **voice** while either of them reports anything of A at all, so that one side's word about
   pictures is worth voice at most. Video is always voice too.
3. Two people **both** have video, or voice, in the moments in which both directions have it.

Who counts with whom is said by edges: pairs of a mentor and a mentee. A pair has one edge. In a circle a moment is
together (both video, both voice) when it is so for at least one edge; measures for one edge call `talk` with that
edge alone. Two mentees without a mentor are never together.

Times are aware instants, lengths whole seconds, rounded down once at the end: so video ≤ voice ≤ together always.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from throughline.ledger.domain.facts import Part

Edge = tuple[UUID, UUID]


@dataclass(frozen=True)
class Span:
    """One browser's unchanged report from `start` until `end`. `hears` and `sees`: whose media it decoded."""

    person_id: UUID
    start: datetime
    end: datetime
    sends_voice: bool = False
    sends_video: bool = False
    hears: frozenset[UUID] = frozenset()
    sees: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Talk:
    """What came of a call. started_at and ended_at: the first and last moment of being together."""

    started_at: datetime
    ended_at: datetime
    together: int
    both_video: int
    both_voice: int
    parts: tuple[Part, ...]

    @property
    def started_together_at(self) -> datetime:
        return self.started_at


@dataclass(frozen=True)
class _State:
    """One person in one moment, over all their browsers."""

    sends_voice: bool
    sends_video: bool
    hears: frozenset[UUID]
    sees: frozenset[UUID]


_Moment = dict[UUID, _State]


def talk(spans: Iterable[Span], edges: Collection[Edge]) -> Talk | None:
    """The talk between these edges, or None when nobody was ever together. Spans in any order, overlapping or not."""
    tally = _Tally(edges)
    for start, end, moment in _moments([span for span in spans if span.start < span.end]):
        tally.add(start, end, moment)
    return tally.talk()


def _moments(spans: Sequence[Span]) -> Iterator[tuple[datetime, datetime, _Moment]]:
    """The time line cut at every change: in each piece nobody's state changes."""
    cuts = sorted({instant for span in spans for instant in (span.start, span.end)})
    waiting = sorted(spans, key=lambda span: span.start, reverse=True)
    running: list[Span] = []
    for start, end in itertools.pairwise(cuts):
        while waiting and waiting[-1].start <= start:
            running.append(waiting.pop())
        running = [span for span in running if span.end > start]
        yield start, end, _moment(running)


def _moment(running: Iterable[Span]) -> _Moment:
    people: dict[UUID, list[Span]] = {}
    for span in running:
        people.setdefault(span.person_id, []).append(span)
    return {
        person_id: _State(
            sends_voice=any(span.sends_voice for span in own),
            sends_video=any(span.sends_video for span in own),
            hears=frozenset[UUID]().union(*(span.hears for span in own)),
            sees=frozenset[UUID]().union(*(span.sees for span in own)),
        )
        for person_id, own in people.items()
    }


def _video(moment: _Moment, sender: UUID, receiver: UUID) -> bool:
    return moment[sender].sends_video and sender in moment[receiver].sees


def _voice(moment: _Moment, sender: UUID, receiver: UUID) -> bool:
    own, other = moment[sender], moment[receiver]
    return own.sends_voice or own.sends_video or sender in other.hears or sender in other.sees


class _Tally:
    """Adds up moments, in exact time."""

    def __init__(self, edges: Collection[Edge]) -> None:
        self._edges = edges
        self._both: dict[str, timedelta] = dict.fromkeys(("together", "voice", "video"), timedelta(0))
        self._parts: dict[UUID, dict[str, timedelta]] = {}
        self._first: datetime | None = None
        self._last: datetime | None = None

    def add(self, start: datetime, end: datetime, moment: _Moment) -> None:
        edges = [edge for edge in self._edges if edge[0] in moment and edge[1] in moment]
        if edges:
            self._first = self._first or start
            self._last = end
        for name, holds in (
            ("together", bool(edges)),
            ("voice", any(_voice(moment, a, b) and _voice(moment, b, a) for a, b in edges)),
            ("video", any(_video(moment, a, b) and _video(moment, b, a) for a, b in edges)),
        ):
            self._both[name] += (end - start) * holds
        directions = [direction for a, b in edges for direction in ((a, b), (b, a))]
        for person_id in moment:
            part = self._parts.setdefault(person_id, dict.fromkeys(("present", "voice", "video"), timedelta(0)))
            mine = [direction for direction in directions if direction[0] == person_id]
            part["present"] += end - start
            part["voice"] += (end - start) * any(_voice(moment, *direction) for direction in mine)
            part["video"] += (end - start) * any(_video(moment, *direction) for direction in mine)

    def talk(self) -> Talk | None:
        if self._first is None or self._last is None:
            return None
        return Talk(
            started_at=self._first,
            ended_at=self._last,
            together=_seconds(self._both["together"]),
            both_video=_seconds(self._both["video"]),
            both_voice=_seconds(self._both["voice"]),
            parts=tuple(
                Part(person_id, **{name: _seconds(length) for name, length in part.items()})
                for person_id, part in sorted(self._parts.items())
            ),
        )


def _seconds(length: timedelta) -> int:
    return length // timedelta(seconds=1)
