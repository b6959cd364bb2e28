"""Messages in a row, drawn together before anything else looks at them: thousands become a few hundred.

Two readings of the same messages. A *burst* is what merging would make of them anyway: under 30 quiet minutes between
one and the next, whoever wrote. A *turn* is what one person wrote until another did, however long that took.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from throughline.ledger.domain.facts import Fact, Kind, Medium, Part
from throughline.ledger.domain.grouping import QUIET


class Sent(NamedTuple):
    """A message as little as it can be: `by_id` is None when its sender is gone."""

    source: str
    at: datetime
    by_id: UUID | None


@dataclass(frozen=True)
class Turn:
    """What one person wrote until another did: the first and the last moment, and how many messages."""

    by_id: UUID
    first: datetime
    last: datetime
    messages: int


def bursts_of(relationship_id: UUID, sent: Sequence[Sent], others: Sequence[Fact]) -> list[Fact]:
    """One fact for each stretch of messages that no other fact touches; the first message gives the source.

    sent: by time, of one relationship. others: every fact of that time which is not in `sent`. Merging these facts
    gives the contacts that merging one fact for each message gives, but for their sources.
    """
    starts = sorted(fact.started_at for fact in others)
    busy = _joined(others)
    bursts: list[list[Sent]] = []
    apart = True
    for message in sent:
        inside = _within(message.at, busy)
        if apart or inside or not _continues(bursts[-1][-1].at, message.at, starts):
            bursts.append([message])
        else:
            bursts[-1].append(message)
        apart = inside
    return [_burst(relationship_id, burst) for burst in bursts]


def turns_of(sent: Sequence[Sent]) -> list[Turn]:
    """By time. Messages whose sender is gone are left out."""
    runs = groupby((message for message in sent if message.by_id), key=attrgetter("by_id"))
    return [_turn(by_id, list(messages)) for by_id, messages in runs]


def turns_between(turns: Sequence[Turn], people: frozenset[UUID]) -> list[Turn]:
    """As if only these people had written."""
    runs = groupby((turn for turn in turns if turn.by_id in people), key=attrgetter("by_id"))
    return [
        Turn(by_id, run[0].first, run[-1].last, sum(turn.messages for turn in run))
        for by_id, run in ((by_id, list(own)) for by_id, own in runs)
    ]


def _turn(by_id: UUID, messages: list[Sent]) -> Turn:
    return Turn(by_id, messages[0].at, messages[-1].at, len(messages))


def _burst(relationship_id: UUID, messages: Sequence[Sent]) -> Fact:
    first = messages[0]
    return Fact(
        source=first.source,
        relationship_id=relationship_id,
        kind=Kind.MESSAGE,
        medium=Medium.TEXT,
        started_at=first.at,
        ended_at=messages[-1].at,
        initiator_id=first.by_id or next((message.by_id for message in messages if message.by_id), None),
        parts=tuple(Part(person_id) for person_id in {message.by_id: None for message in messages} if person_id),
    )


def _joined(facts: Sequence[Fact]) -> list[tuple[datetime, datetime]]:
    """The spans of these facts, overlapping ones as one, by time."""
    return list(_union(sorted((fact.started_at, fact.ended_at) for fact in facts)))


def _union(spans: Sequence[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    if not spans:
        return
    start, end = spans[0]
    for later, until in spans[1:]:
        if later > end:
            yield start, end
            start, end = later, until
        end = max(end, until)
    yield start, end


def _within(at: datetime, busy: Sequence[tuple[datetime, datetime]]) -> bool:
    """Whether it lies in one of these spans, both ends counted in."""
    place = bisect_right(busy, at, key=lambda span: span[0]) - 1
    return place >= 0 and at <= busy[place][1]


def _continues(before: datetime, at: datetime, starts: Sequence[datetime]) -> bool:
    return at - before < QUIET and bisect_left(starts, before) == bisect_left(starts, at)
