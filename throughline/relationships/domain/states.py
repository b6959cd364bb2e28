"""What a relationship's rows say about its state at an instant. Plain values; all instants are aware UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONGEST_PAUSE = timedelta(days=366)


class State(StrEnum):
    """INVITED: not everybody is in yet. PAUSED: inside a pause that everybody accepted."""

    INVITED = "invited"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Span:
    """Half open: the instant `end` is outside."""

    start: datetime
    end: datetime

    def covers(self, at: datetime) -> bool:
        return self.start <= at < self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def span_of_days(first: date, last: date, zone: str) -> Span:
    """From the start of the first day to the end of the last, both counted in, in an IANA zone."""
    home = ZoneInfo(zone)
    start = datetime.combine(first, time.min, home)
    end = datetime.combine(last + timedelta(days=1), time.min, home)
    return Span(start.astimezone(UTC), end.astimezone(UTC))


def shortened(span: Span, resumed_at: datetime | None) -> Span | None:
    """What is left of a pause that somebody ended early; None when it never began."""
    if resumed_at is None or resumed_at >= span.end:
        return span
    return Span(span.start, resumed_at) if resumed_at > span.start else None


def state_at(at: datetime, *, joined: Sequence[datetime], ended_at: datetime | None, pauses: Iterable[Span]) -> State:
    """`joined` holds one instant for each member; fewer than two by then means that somebody is awaited."""
    if ended_at is not None and ended_at <= at:
        return State.ENDED
    if sum(since <= at for since in joined) < 2:
        return State.INVITED
    if any(pause.covers(at) for pause in pauses):
        return State.PAUSED
    return State.ACTIVE
