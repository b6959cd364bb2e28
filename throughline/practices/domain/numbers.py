"""Arithmetic that measures share."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev

ENOUGH_MEETINGS = 4  # below, a share is said as a count and not judged
ENOUGH_MESSAGES = 5  # the same, where messages are counted
PERCENT_FROM = 10  # below, "5 of 6" says more than a percentage
ENOUGH_GAPS = 4


def share(done: float, of: float) -> float | None:
    return done / of if of else None


def balance(one: int, other: int) -> float | None:
    """The smaller ÷ the larger: 1 where both are equal, 0 where one side did nothing; None where neither did."""
    return min(one, other) / max(one, other) if one or other else None


def variation(gaps: Sequence[float]) -> float | None:
    """The coefficient of variation of gaps (population sd ÷ mean); None of fewer than four, or of no length."""
    if len(gaps) < ENOUGH_GAPS or not fmean(gaps):
        return None
    return pstdev(gaps) / fmean(gaps)
