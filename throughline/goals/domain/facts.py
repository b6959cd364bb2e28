"""What measures may look at of goals: shared ones alone, as numbers and days, without a word of what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughline.goals.domain.measure import Kind


@dataclass(frozen=True)
class GoalFacts:
    """A shared goal. shared_at: before, it was in no number. level: the newest, None before the first; ended_at, end:
    None while it goes on. steps: each milestone's first due day and the day on which it was done."""

    id: UUID
    shared_at: datetime
    owner_id: UUID | None
    kind: Kind
    begun_on: date
    due: date | None
    share: float | None
    level: int | None
    weight: int
    recorded: tuple[datetime, ...]
    steps: tuple[tuple[date | None, date | None], ...]
    ended_at: datetime | None
    end: str

    def active_at(self, at: datetime) -> bool:
        return self.shared_at <= at and (self.ended_at is None or self.ended_at > at)

    @property
    def quiet_since(self) -> datetime:
        """Since when nothing was recorded."""
        return max(self.recorded, default=self.shared_at)

    @property
    def complete(self) -> bool:
        return self.kind is not Kind.NONE and self.due is not None and self.owner_id is not None


@dataclass(frozen=True)
class Touched:
    """A shared goal was opened, or progress on it recorded."""

    at: datetime
    goal_id: UUID
    recorded: bool
