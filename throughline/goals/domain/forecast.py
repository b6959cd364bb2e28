"""Where a goal's own points lead: a level that is followed as far as the noise allows, and a Theil-Sen trend.

The trend is the mean of two medians of slopes between pairs of points, over all of them and over the later half: a
few wrong points cannot turn it, and a change of pace shows. How far the halves differ widens the range. What is left
beside the trend is told apart into noise (a point is off, the next is not) and drift (the level itself moves),
by how far points of a short and of a long lag stray from each other. Level and its uncertainty follow from both
(a local level with drift); the range holds the middle 80 % by Student's t, so that few points give a wide one.

References: Sen (1968), J. Am. Stat. Assoc. 63, 1379; Harvey (1989), Forecasting, Structural Time Series Models and the
Kalman Filter, section 2. Values are in the goal's own unit, days are whole days. Points after the day on which one
asks are not looked at, so that what was said of a day never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, median
from uuid import UUID

LEAST = 4  # points on different days; below, it is too early
MOST = 60  # of more points, the latest so many
FURTHEST = 5 * 366  # days that are looked ahead
Z = 1.2815515655446004  # of the middle 80 % of a normal distribution


@dataclass(frozen=True)
class Observation:
    """by: who recorded it, or the name that a file says; whoever it was, what is reckoned stays the same."""

    day: date
    value: float
    by: UUID | str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Range:
    """The middle 80 % and their middle, at one day."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Forecast:
    """Of `count` points up to `last`. slope: per day. noise, drift: variances, drift per day."""

    last: date
    level: float
    slope: float
    count: int
    noise: float
    drift: float
    level_variance: float
    slope_variance: float

    def at(self, day: date) -> Range:
        """What is to be expected of a point on this day, from the last point on."""
        ahead = max(0, (day - self.last).days)
        middle = self.level + self.slope * ahead
        spread = self.level_variance + self.noise + self.drift * ahead + self.slope_variance * ahead * ahead
        half = _student(self.count - 2) * sqrt(spread)
        return Range(middle - half, middle, middle + half)


@dataclass(frozen=True)
class Arrival:
    """When the target is reached: by the near edge of the range, its middle, and the far edge.

    None: not within FURTHEST days.
    """

    earliest: date | None
    middle: date | None
    latest: date | None


def forecast(points: Iterable[Observation], today: date) -> Forecast | None:
    """None while it is too early: under four days with a point. Of several points on a day, the last one counts."""
    known = {point.day: point.value for point in points if point.day <= today}
    days = sorted(known)[-MOST:]
    if len(days) < LEAST:
        return None
    at = [float((day - days[0]).days) for day in days]
    values = [known[day] for day in days]
    slope, turned = _trend(at, values)
    rest = [value - slope * when for when, value in zip(at, values, strict=True)]
    noise, drift = _noise_and_drift(at, rest)
    level, variance = _followed(at, rest, noise, drift)
    span = at[-1]
    return Forecast(
        last=days[-1],
        level=level + slope * span,
        slope=slope,
        count=len(days),
        noise=noise,
        drift=drift,
        level_variance=variance,
        slope_variance=drift / span + 12 * noise / (len(days) * span * span) + turned,
    )


def arrival(found: Forecast, target: float, rising: bool) -> Arrival:
    """The days on which the range's edges and its middle come to the target."""

    def reached(value: Callable[[Range], float]) -> date | None:
        def there(ahead: int) -> bool:
            at = value(found.at(found.last + timedelta(days=ahead)))
            return at >= target if rising else at <= target

        return _first_day(found.last, there)

    near, far = (_high, _low) if rising else (_low, _high)
    return Arrival(reached(near), reached(_mid), reached(far))


def _low(found: Range) -> float:
    return found.low


def _mid(found: Range) -> float:
    return found.middle


def _high(found: Range) -> float:
    return found.high


def _first_day(last: date, there: Callable[[int], bool]) -> date | None:
    """The first day ahead that is there, by steps that widen and then halve; None beyond FURTHEST."""
    step, before = 1, 0
    if there(0):
        return last
    while not there(before + step):
        before += step
        if before > FURTHEST:
            return None
        step = min(step * 2, 16)
    low, high = before, before + step
    while high - low > 1:
        half = (low + high) // 2
        low, high = (low, half) if there(half) else (half, high)
    return last + timedelta(days=high)


def _trend(at: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """The slope, and the variance that its turning from one half to the other stands for."""
    half = len(at) // 2
    early = _middle_slope(at[: half + 1], values[: half + 1])
    late = _middle_slope(at[half:], values[half:])
    return (_middle_slope(at, values) + late) / 2, ((late - early) / 2) ** 2


def _middle_slope(at: Sequence[float], values: Sequence[float]) -> float:
    """Theil and Sen: the median of the slopes of all pairs."""
    count = len(at)
    return median(
        (values[later] - values[early]) / (at[later] - at[early])
        for early in range(count)
        for later in range(early + 1, count)
    )


def _noise_and_drift(at: Sequence[float], rest: Sequence[float]) -> tuple[float, float]:
    """The squared distance of points with lag h is 2·noise + drift·h on average: read at a short and a long lag."""
    count = len(at)
    short, long = _strayed(at, rest, 1), _strayed(at, rest, max(2, count // 3))
    drift = max(0.0, (long[1] - short[1]) / (long[0] - short[0]))
    drift = min(drift, short[1] / short[0])
    return max(0.0, (short[1] - drift * short[0]) / 2), drift


def _strayed(at: Sequence[float], rest: Sequence[float], step: int) -> tuple[float, float]:
    """Mean lag, and mean squared distance, of points so many places apart."""
    pairs = range(len(at) - step)
    return (
        fmean(at[place + step] - at[place] for place in pairs),
        fmean((rest[place + step] - rest[place]) ** 2 for place in pairs),
    )


def _followed(at: Sequence[float], rest: Sequence[float], noise: float, drift: float) -> tuple[float, float]:
    """The level beside the trend after the last point, and its variance."""
    level, variance = rest[0], noise
    for place in range(1, len(at)):
        variance += drift * (at[place] - at[place - 1])
        total = variance + noise
        gain = variance / total if total else 1.0
        level += gain * (rest[place] - level)
        variance *= 1 - gain
    return level, variance


def _student(freedom: int) -> float:
    """The half width of the middle 80 % of Student's t, by the Cornish-Fisher expansion (within 2 % from 2 on)."""
    z = Z
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom * freedom)
