"""Stretches of time, joined where they touch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

Pair = tuple[datetime, datetime]


def joined(spans: Iterable[Pair]) -> list[Pair]:
    """Sorted and disjoint; what has no length is left out."""
    found: list[Pair] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
