"""Time that several people have in common: spans sorted, joined, taken away and intersected, each in one pass.

Spans are pairs of aware instants, from start up to, not including, end. What comes out is sorted and disjoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from operator import itemgetter

Pair = tuple[datetime, datetime]


def joined(spans: Iterable[Pair], margin: timedelta = timedelta(0)) -> list[Pair]:
    """Each longer by the margin on both sides, and those that touch or overlap as one."""
    found: list[Pair] = []
    begins, ends = None, None
    for start, end in sorted(spans, key=itemgetter(0)):
        start, end = start - margin, end + margin
        if begins is None or ends is None:
            begins, ends = start, end
        elif start > ends:
            found.append((begins, ends))
            begins, ends = start, end
        elif end > ends:
            ends = end
    if begins is not None and ends is not None:
        found.append((begins, ends))
    return found


def without(free: Sequence[Pair], busy: Sequence[Pair]) -> list[Pair]:
    """What is left of `free`. Both sorted and disjoint."""
    left: list[Pair] = []
    at = 0
    for start, end in free:
        while at < len(busy) and busy[at][1] <= start:
            at += 1
        here, begins = at, start
        while here < len(busy) and busy[here][0] < end:
            if busy[here][0] > begins:
                left.append((begins, busy[here][0]))
            begins = busy[here][1]
            here += 1
        if begins < end:
            left.append((begins, end))
    return left


def shared(one: Sequence[Pair], other: Sequence[Pair]) -> list[Pair]:
    """What lies in both. Both sorted and disjoint."""
    found: list[Pair] = []
    here, there = 0, 0
    while here < len(one) and there < len(other):
        start = max(one[here][0], other[there][0])
        end = min(one[here][1], other[there][1])
        if start < end:
            found.append((start, end))
        if one[here][1] < other[there][1]:
            here += 1
        else:
            there += 1
    return found


def free_for_all(people: Iterable[tuple[Sequence[Pair], Iterable[Pair], timedelta]]) -> list[Pair]:
    """people: of each the time that suits them (sorted, disjoint), what takes them up, and the breath beside that."""
    common: list[Pair] | None = None
    for windows, busy, margin in people:
        free = without(windows, joined(busy, margin))
        common = free if common is None else shared(common, free)
    return common or []
