"""The parts people take, and what those outside may be allowed to see."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"

    @property
    def other(self) -> Role:
        return Role.MENTEE if self is Role.MENTOR else Role.MENTOR


class Sight(StrEnum):
    """What somebody outside a relationship may see of it. COUNTS: counts and measures, no content."""

    COUNTS = "counts"
