"""The parts of an agreement as frozen values. Six come from the guide; three hold as usual unless somebody writes them.

Whether a value makes sense is said by `faults`; what it will do, by `descriptions`. Dates and times are local to the
schedule's zone; lengths are minutes; waiting times are working hours or days. This is format 2 of the terms
(`upgrade.FORMAT`): older ones are read through `upgrade`, where None says what had not been asked for then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.terms.confidence import AtEnd, Confidentiality, Ending, Mode, Notes, Recordings
from throughline.agreements.domain.terms.reaching import (
    USUAL_HOURS,
    Channels,
    Reconnection,
    Responses,
    ResponseTime,
    Unit,
    Ways,
    Who,
    WorkingHours,
)
from throughline.agreements.domain.terms.schedule import (
    Cadence,
    Holiday,
    Schedule,
    Turn,
    date_in_month,
    dates,
    fitting,
    timed,
)


class PartKind(StrEnum):
    """The parts in the order in which people read them."""

    OBJECTIVES = "objectives"
    SCHEDULE = "schedule"
    CHANNELS = "channels"
    RESPONSES = "responses"
    PREPARATION = "preparation"
    CONFIDENTIALITY = "confidentiality"
    RECONNECTION = "reconnection"
    ENDING = "ending"
    REVIEW = "review"


@dataclass(frozen=True)
class Objective:
    """Something to work towards, and how both will know that it came true."""

    aim: str
    outcome: str


@dataclass(frozen=True)
class Objectives:
    items: tuple[Objective, ...]


@dataclass(frozen=True)
class PreparationItem:
    """What is ready before each meeting, by whom, and how many hours before it begins."""

    what: str
    by: Who
    hours_before: int


@dataclass(frozen=True)
class Preparation:
    items: tuple[PreparationItem, ...]


@dataclass(frozen=True)
class Review:
    """The date of the first review, and at most how many days pass between later ones."""

    first: date
    every_days: int


FIRST_REVIEW_DAYS = 30
LONGEST_REVIEW_DAYS = 180
USUAL_SILENCE_DAYS = {Cadence.WEEKLY: 14, Cadence.FORTNIGHTLY: 21, Cadence.MONTHLY: 35}
USUAL_NOTICE_DAYS = 14


def usual_review(schedule: Schedule) -> Review:
    """What holds unless a pair says otherwise: 30 days after the first meeting, then every 180 days."""
    return Review(schedule.first_meeting() + timedelta(days=FIRST_REVIEW_DAYS), LONGEST_REVIEW_DAYS)


def usual_reconnection(cadence: Cadence) -> Reconnection:
    """After about one meeting that did not come, the mentor writes; then rings."""
    return Reconnection(USUAL_SILENCE_DAYS[cadence], Who.MENTOR, Channel.MESSAGE, Channel.PHONE)


def usual_ending() -> Ending:
    return Ending(USUAL_NOTICE_DAYS, last_meeting=True)


Part: TypeAlias = (
    Objectives | Schedule | Channels | Responses | Preparation | Confidentiality | Reconnection | Ending | Review
)

PART_TYPES: dict[PartKind, type[Part]] = {
    PartKind.OBJECTIVES: Objectives,
    PartKind.SCHEDULE: Schedule,
    PartKind.CHANNELS: Channels,
    PartKind.RESPONSES: Responses,
    PartKind.PREPARATION: Preparation,
    PartKind.CONFIDENTIALITY: Confidentiality,
    PartKind.RECONNECTION: Reconnection,
    PartKind.ENDING: Ending,
    PartKind.REVIEW: Review,
}


@dataclass(frozen=True)
class Terms:
    """A whole agreement without its prose. Field names are the values of PartKind; None: not asked for then."""

    objectives: Objectives
    schedule: Schedule
    channels: Channels
    responses: Responses
    preparation: Preparation
    confidentiality: Confidentiality
    review: Review
    reconnection: Reconnection | None = None
    ending: Ending | None = None


__all__ = [
    "FIRST_REVIEW_DAYS",
    "LONGEST_REVIEW_DAYS",
    "PART_TYPES",
    "USUAL_HOURS",
    "AtEnd",
    "Cadence",
    "Channels",
    "Confidentiality",
    "Ending",
    "Holiday",
    "Mode",
    "Notes",
    "Objective",
    "Objectives",
    "Part",
    "PartKind",
    "Preparation",
    "PreparationItem",
    "Reconnection",
    "Recordings",
    "ResponseTime",
    "Responses",
    "Review",
    "Schedule",
    "Terms",
    "Turn",
    "Unit",
    "Ways",
    "Who",
    "WorkingHours",
    "date_in_month",
    "dates",
    "fitting",
    "timed",
    "usual_ending",
    "usual_reconnection",
    "usual_review",
]
