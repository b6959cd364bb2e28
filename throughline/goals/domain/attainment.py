"""Goal attainment scaling: five written levels for each goal, and one score over several.

T = 50 + 10·Σ(w·x) / sqrt((1 - r)·Σw² + r·(Σw)²), x from -2 to +2 (0 = as expected), r = 0.3.
Kiresuk and Sherman (1968), Community Mental Health Journal 4, 443; as the erratum to Turner-Stokes (2009), Clinical
Rehabilitation 23, 362 prints it: the paper's own formulas on pages 364 and 367 had lost their squares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

RHO = 0.3  # how far the goals of one person move together; called rho there
LEVELS = (-2, -1, 0, 1, 2)
HEAVIEST = 10


@dataclass(frozen=True)
class Attained:
    """A goal's level and its weight, from 1 on."""

    level: int
    weight: int = 1


def t_score(goals: Sequence[Attained]) -> float | None:
    """50 where all is as expected, 10 for a standard deviation. None without goals.

    Raises ValueError for a weight under 1 or a level outside -2 to +2.
    """
    if any(goal.weight < 1 or goal.level not in LEVELS for goal in goals):
        raise ValueError("a weight is at least 1, a level from -2 to +2")
    if not goals:
        return None
    whole = sum(goal.weight for goal in goals)
    squares = sum(goal.weight**2 for goal in goals)
    above = sum(goal.weight * goal.level for goal in goals)
    return 50 + 10 * above / sqrt((1 - RHO) * squares + RHO * whole * whole)
