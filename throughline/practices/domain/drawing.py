"""Where a trend's points lie in a drawing, in its own units, the origin at the top left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from throughline.practices.domain.measure import Point

WIDTH, HEIGHT = 320, 96
_EDGE = 8

Place = tuple[float, float]


def height_of(value: float) -> float:
    """From the bottom for 0 to the top for 1."""
    return round(HEIGHT - _EDGE - value * (HEIGHT - 2 * _EDGE), 1)


def lines_of(points: Sequence[Point]) -> list[list[Place]]:
    """The points with a value as stretches that are drawn as one line: nothing to count breaks it."""
    step = (WIDTH - 2 * _EDGE) / max(1, len(points) - 1)
    runs = groupby(enumerate(points), key=lambda found: found[1].value is not None)
    return [
        [(round(_EDGE + place * step, 1), height_of(point.value or 0)) for place, point in run]
        for there, run in runs
        if there
    ]
