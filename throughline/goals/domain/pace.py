"""How a goal stands against its time: pace = progress ÷ elapsed share, once more than a quarter has elapsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

JUDGED_FROM = 0.25
FAST_ENOUGH = 0.8


class Standing(StrEnum):
    """NOT_MEASURED: without a measure, a date or a value there is no pace. TOO_EARLY: a quarter has not elapsed."""

    REACHED = "reached"
    ON_TRACK = "on track"
    OFF_TRACK = "off track"
    OVERDUE = "overdue"
    TOO_EARLY = "too early"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Pace:
    """progress: 0 to 1 of the way, beyond it past the target. value: 1 is as planned; None while there is none."""

    standing: Standing
    progress: float | None
    elapsed: float | None
    value: float | None

    @property
    def percent(self) -> float:
        """Of the way, from 0 to 100: as wide as a bar can show it."""
        return round(min(max((self.progress or 0.0) * 100, 0.0), 100.0), 1)

    @property
    def percent_of_time(self) -> float:
        """Where a mark for the time that has passed stands, so that it is seen at the end too."""
        return round(min((self.elapsed or 0.0) * 100, 99.0), 1)

    @property
    def calls_for_a_choice(self) -> bool:
        return self.standing in (Standing.OFF_TRACK, Standing.OVERDUE)


def elapsed_share(begun: date, due: date, today: date) -> float:
    """0 on the first day, 1 from the due day on. A goal that was due when it began has used all its time."""
    whole = (due - begun).days
    return 1.0 if whole <= 0 else min(1.0, max(0.0, (today - begun).days / whole))


def pace_of(*, progress: float | None, begun: date, due: date | None, today: date) -> Pace:
    """progress: None without a measure. Days are the owner's."""
    if progress is not None and progress >= 1:
        elapsed = elapsed_share(begun, due, today) if due else None
        return Pace(Standing.REACHED, progress, elapsed, progress / elapsed if elapsed else None)
    if due is not None and today > due:
        return Pace(Standing.OVERDUE, progress, 1.0, progress)
    if due is None or progress is None:
        return Pace(Standing.NOT_MEASURED, progress, elapsed_share(begun, due, today) if due else None, None)
    elapsed = elapsed_share(begun, due, today)
    if elapsed <= JUDGED_FROM:
        return Pace(Standing.TOO_EARLY, progress, elapsed, None)
    value = progress / elapsed
    return Pace(Standing.ON_TRACK if value >= FAST_ENOUGH else Standing.OFF_TRACK, progress, elapsed, value)


def planned_at(*, begun: date, due: date, day: date, baseline: float, target: float) -> float:
    """Where the path from baseline to target is on this day."""
    return baseline + (target - baseline) * elapsed_share(begun, due, day)
