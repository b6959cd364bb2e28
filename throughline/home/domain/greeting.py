"""What to say to somebody at their own hour."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class PartOfDay(StrEnum):
    MORNING = "morning"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


def part_of_day(at: datetime, zone: str) -> PartOfDay:
    """Morning from 5, day from 12, evening from 18, night from 23, in the person's zone."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    if 5 <= hour < 12:
        return PartOfDay.MORNING
    if 12 <= hour < 18:
        return PartOfDay.DAY
    return PartOfDay.EVENING if 18 <= hour < 23 else PartOfDay.NIGHT
