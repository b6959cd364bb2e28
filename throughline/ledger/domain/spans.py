"""Spans of time, and seconds in them that must not be counted twice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

Span = tuple[datetime, datetime]


def overlap(one: Span, other: Span) -> bool:
    """Whether they share a moment. A span holds its start and not its end; one without length is that moment."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    if one[0] == one[1] and other[0] == other[1]:
        return one[0] == other[0]
    if one[0] == one[1] or other[0] == other[1]:
        point, span = (one[0], other) if one[0] == one[1] else (other[0], one)
        return span[0] <= point < span[1]
    return start < end


def most_seconds(pieces: Sequence[tuple[datetime, datetime, int]]) -> int:
    """The seconds that these spans account for when no moment counts twice: (start, end, seconds in it).

    A fact says how many seconds of its span count, not which. So the greatest sum over pieces that do not overlap
    (weighted interval scheduling) is what the facts prove together: two calls on one occasion add up, a meeting
    and the calls that it was made of do not.
    """
    ordered = sorted(pieces, key=lambda piece: (piece[1], piece[0], piece[2]))
    ends: list[datetime] = []
    best = [0]
    for start, end, seconds in ordered:
        before = bisect_right(ends, start)
        best.append(max(best[-1], best[before] + seconds))
        ends.append(end)
    return best[-1]
