"""Where a goal's chart puts things, in its own units, the origin at the top left: plain numbers for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.goals.domain.forecast import Forecast, Observation
from throughline.goals.domain.pace import planned_at

WIDTH, HEIGHT, EDGE = 640, 240, 12
BAND_STEPS = 8
MOST_POINTS = 200  # drawn; of more, every so many

Place = tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """points: the recorded values. path: from baseline to target. band: the forecast's range, a closed shape."""

    points: tuple[Place, ...]
    path: tuple[Place, ...]
    band: tuple[Place, ...]
    middle: tuple[Place, ...]
    baseline: float
    target: float
    today: float | None
    due: float | None
    first_due: float | None
    first: date
    last: date
    low: float
    high: float


def draw(
    points: Sequence[Observation],
    *,
    begun: date,
    today: date,
    baseline: float,
    target: float,
    due: date | None = None,
    first_due: date | None = None,
    found: Forecast | None = None,
) -> Drawing:
    """The frame holds every point, the whole path, today, and as much of the range as is asked about."""
    points = thinned(points)
    until = max([today, *(day for day in (due, first_due) if day), *(point.day for point in points)])
    first = min([begun, *(point.day for point in points)])
    last = max(until, first + timedelta(days=7))
    ahead = _days_ahead(found, last)
    ranges = [(day, found.at(day)) for day in ahead] if found else []
    reach = abs(target - baseline)
    values = [baseline, target, *(point.value for point in points)]
    values += [
        max(baseline - 2 * reach, min(target + 2 * reach, edge)) for _, at in ranges for edge in (at.low, at.high)
    ]
    low, high = min(values), max(values)

    def x(day: date) -> float:
        return round(EDGE + (day - first).days / (last - first).days * (WIDTH - 2 * EDGE), 1)

    def y(value: float) -> float:
        inside = min(high, max(low, value))
        return round(HEIGHT - EDGE - (inside - low) / ((high - low) or 1.0) * (HEIGHT - 2 * EDGE), 1)

    upper = [(x(day), y(at.high)) for day, at in ranges]
    lower = [(x(day), y(at.low)) for day, at in reversed(ranges)]
    return Drawing(
        points=tuple((x(point.day), y(point.value)) for point in points),
        path=_path(begun, due, baseline, target, x, y),
        band=tuple(upper + lower),
        middle=tuple((x(day), y(at.middle)) for day, at in ranges),
        baseline=y(baseline),
        target=y(target),
        today=x(today) if first <= today <= last else None,
        due=x(due) if due else None,
        first_due=x(first_due) if first_due and first_due != due else None,
        first=first,
        last=last,
        low=low,
        high=high,
    )


def _days_ahead(found: Forecast | None, last: date) -> list[date]:
    if found is None or last <= found.last:
        return []
    whole = (last - found.last).days
    steps = min(whole, BAND_STEPS)
    return [found.last + timedelta(days=round(whole * step / steps)) for step in range(steps + 1)]


def _path(begun: date, due: date | None, baseline: float, target: float, x, y) -> tuple[Place, ...]:  # type: ignore[no-untyped-def]
    if due is None or due <= begun:
        return ()
    ends = (begun, due)
    return tuple(
        (x(day), y(planned_at(begun=begun, due=due, day=day, baseline=baseline, target=target))) for day in ends
    )


def thinned(points: Sequence[Observation], most: int = MOST_POINTS) -> list[Observation]:
    """At most so many, evenly by place, the first and the last kept."""
    if len(points) <= most:
        return list(points)
    last = len(points) - 1
    return [points[round(place * last / (most - 1))] for place in range(most)]
