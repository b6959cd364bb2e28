"""How people reach each other, how soon they answer, and what they do after a silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from throughline.accounts.domain.channels import Channel


class Who(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


@dataclass(frozen=True)
class Ways:
    """How to reach each other on one kind of occasion: most liked first, and what to do when that fails."""

    preferred: tuple[Channel, ...]
    fallback: Channel


@dataclass(frozen=True)
class Channels:
    planned: Ways
    quick: Ways


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"


@dataclass(frozen=True)
class ResponseTime:
    """How long an answer may take, in the answering person's working hours or working days."""

    amount: int
    unit: Unit


@dataclass(frozen=True)
class WorkingHours:
    """When waiting for an answer counts: weekdays (0 is Monday, in order) and hours on the answerer's own clock."""

    days: tuple[int, ...]
    starts: time
    ends: time


USUAL_HOURS = WorkingHours((0, 1, 2, 3, 4), time(9), time(17))


@dataclass(frozen=True)
class Responses:
    """Each direction apart: how soon the mentor answers the mentee, and the mentee the mentor.

    Hours are those of whoever answers. None: signed before hours were asked for, so the person's own working days
    count, from nine to five.
    """

    mentor: ResponseTime
    mentee: ResponseTime
    mentor_hours: WorkingHours | None = USUAL_HOURS
    mentee_hours: WorkingHours | None = USUAL_HOURS


@dataclass(frozen=True)
class Reconnection:
    """What happens after a silence of so many days: who reaches out, how, how else, and in the pair's own words."""

    after_days: int
    by: Who
    channel: Channel
    fallback: Channel
    words: str = ""
