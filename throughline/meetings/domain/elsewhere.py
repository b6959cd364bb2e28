"""What one side says of a meeting that took place elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

SHORTEST, LONGEST = 1, 600  # minutes
STILL_SAID = timedelta(days=60)
"""For so long after a meeting somebody may say that it took place elsewhere."""
NEAR = timedelta(days=7)
"""A meeting that took place on another day is said of that day's meeting, within a week."""


class Way(StrEnum):
    """How they met; the values are those of the ledger's media."""

    VIDEO = "video"
    VOICE = "voice"
    IN_PERSON = "in person"


def believable(start: datetime, started_at: datetime, minutes: int, now: datetime) -> bool:
    """Whether a meeting planned for `start` may have begun then, for so long, before now."""
    over = started_at + timedelta(minutes=minutes)
    return SHORTEST <= minutes <= LONGEST and abs(started_at - start) <= NEAR and over <= now
