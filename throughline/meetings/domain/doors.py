"""When a meeting's page lets people in, and what it says until then."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from throughline.meetings.domain.outcomes import Planned


class Door(StrEnum):
    """EARLY: opens ten minutes before the start. SHUT: an hour after the planned end."""

    EARLY = "early"
    OPEN = "open"
    SHUT = "shut"


def door(planned: Planned, at: datetime) -> Door:
    if at < planned.opens_at:
        return Door.EARLY
    return Door.OPEN if at < planned.closes_at else Door.SHUT
