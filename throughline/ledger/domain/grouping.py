"""Which facts of one relationship are one contact: see merge.py for the three rules. All in n·log n."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from throughline.ledger.domain.contacts import LIVE
from throughline.ledger.domain.facts import Fact, Kind
from throughline.ledger.domain.spans import overlap

QUIET = timedelta(minutes=30)


@dataclass
class _Run:
    """Facts in a row, and what the next one is compared with: the latest end, and where a fact without length was."""

    facts: list[Fact] = field(default_factory=list)
    ends: datetime | None = None
    point: datetime | None = None
    message_ended: datetime | None = None
    occasions: set[str] = field(default_factory=set)

    def add(self, fact: Fact) -> None:
        self.facts.append(fact)
        self.ends = max(self.ends or fact.ended_at, fact.ended_at)
        if fact.started_at == fact.ended_at:
            self.point = fact.started_at
        if fact.kind is Kind.MESSAGE:
            self.message_ended = max(self.message_ended or fact.ended_at, fact.ended_at)
        if fact.occasion:
            self.occasions.add(fact.occasion)

    def overlaps(self, fact: Fact) -> bool:
        """For a fact that starts no earlier than all in the run."""
        return (self.ends is not None and fact.started_at < self.ends) or fact.started_at == self.point

    @property
    def starts(self) -> datetime:
        return self.facts[0].started_at


def groups_of(ordered: Sequence[Fact]) -> list[list[Fact]]:
    """`ordered` by start and end, of one relationship. Every fact is in one group."""
    blocks = _blocks([fact for fact in ordered if fact.kind in LIVE])
    homes = _by_occasion(blocks)
    groups = [list(group) for group in _joined(blocks, homes)]
    left: list[Fact] = []
    for fact in ordered:
        if fact.kind not in LIVE:
            home = _home(fact, blocks, homes)
            left.append(fact) if home is None else groups[home].append(fact)
    return groups + _written(left, [block.starts for block in blocks])


def _blocks(live: Sequence[Fact]) -> list[_Run]:
    """Live facts that overlap, one after the other in time: no two blocks share a moment."""
    blocks: list[_Run] = []
    for fact in live:
        if not blocks or not blocks[-1].overlaps(fact):
            blocks.append(_Run())
        blocks[-1].add(fact)
    return blocks


def _by_occasion(blocks: Sequence[_Run]) -> list[int]:
    """For each block the number of its group: blocks that share an occasion, directly or through others, are one."""
    parents = list(range(len(blocks)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = number = parents[parents[number]]
        return number

    first: dict[str, int] = {}
    for number, block in enumerate(blocks):
        for occasion in block.occasions:
            one, other = sorted((root(first.setdefault(occasion, number)), root(number)))
            parents[other] = one
    roots = [root(number) for number in range(len(blocks))]
    numbers = {number: place for place, number in enumerate(sorted(set(roots)))}
    return [numbers[number] for number in roots]


def _joined(blocks: Sequence[_Run], homes: Sequence[int]) -> list[list[Fact]]:
    groups: list[list[Fact]] = [[] for _ in set(homes)]
    for block, home in zip(blocks, homes, strict=True):
        groups[home].extend(block.facts)
    return groups


def _home(fact: Fact, blocks: Sequence[_Run], homes: Sequence[int]) -> int | None:
    """The earliest group that this writing overlaps or shares an occasion with."""
    found = []
    if fact.occasion:
        found = [home for block, home in zip(blocks, homes, strict=True) if fact.occasion in block.occasions]
    place = max(0, bisect_left(blocks, fact.started_at, key=lambda block: block.ends or block.starts))
    while place < len(blocks) and blocks[place].starts <= fact.ended_at:
        block = blocks[place]
        if block.ends is not None and overlap((fact.started_at, fact.ended_at), (block.starts, block.ends)):
            found.append(homes[place])
        place += 1
    return min(found, default=None)


def _written(ordered: Sequence[Fact], live_starts: Sequence[datetime]) -> list[list[Fact]]:
    runs: list[_Run] = []
    for fact in ordered:
        if not runs or not _follows(fact, runs[-1], live_starts):
            runs.append(_Run())
        runs[-1].add(fact)
    return [run.facts for run in runs]


def _follows(fact: Fact, run: _Run, live_starts: Sequence[datetime]) -> bool:
    if run.overlaps(fact) or (fact.occasion and fact.occasion in run.occasions):
        return True
    if fact.kind is not Kind.MESSAGE or run.message_ended is None:
        return False
    if fact.started_at - run.message_ended >= QUIET:
        return False
    return bisect_left(live_starts, run.message_ended) == bisect_left(live_starts, fact.started_at)
