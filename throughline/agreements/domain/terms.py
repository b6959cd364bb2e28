"""The six parts of an agreement, and the date on which both look at it again.

Each part is a frozen value. Whether a value makes sense is said by `faults`; what it will do, by `sentences`.
Dates and times are local to the schedule's zone; lengths are minutes; waiting times are working hours or days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TypeAlias

from throughline.accounts.domain.channels import Channel


class PartKind(StrEnum):
    """The parts in the order in which people read them. All but REVIEW come from the guide."""

    OBJECTIVES = "objectives"
    SCHEDULE = "schedule"
    CHANNELS = "channels"
    RESPONSES = "responses"
    PREPARATION = "preparation"
    CONFIDENTIALITY = "confidentiality"
    REVIEW = "review"


@dataclass(frozen=True)
class Objective:
    """Something to work towards, and how both will know that it came true."""

    aim: str
    outcome: str


@dataclass(frozen=True)
class Objectives:
    items: tuple[Objective, ...]


class Cadence(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Schedule:
    """When both meet. weekday: 0 is Monday. week_of_month: 1 to 4, or -1 for the last; None unless monthly.

    `time` is the clock time in `zone`, so it stays through clock changes. No meeting is before `first` or after
    `last`, both dates in `zone`; without `last` it goes on. Fortnights are counted from `first_meeting()`.
    """

    cadence: Cadence
    weekday: int
    week_of_month: int | None
    time: time
    zone: str
    minutes: int
    first: date
    last: date | None

    def first_meeting(self) -> date:
        """The earliest date on or after `first` that fits the weekday (and, monthly, the week)."""
        if self.week_of_month is None:
            return self.first + timedelta(days=(self.weekday - self.first.weekday()) % 7)
        here = date_in_month(self.first.year, self.first.month, self.weekday, self.week_of_month)
        if here >= self.first:
            return here
        years, month = divmod(self.first.month, 12)
        return date_in_month(self.first.year + years, month + 1, self.weekday, self.week_of_month)


def date_in_month(year: int, month: int, weekday: int, week: int) -> date:
    """The first to fourth (1 to 4) or last (-1) such weekday of a month."""
    if week == -1:
        years, following = divmod(month, 12)
        end = date(year + years, following + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (week - 1))


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
class Responses:
    """Each direction apart: how soon the mentor answers the mentee, and the mentee the mentor."""

    mentor: ResponseTime
    mentee: ResponseTime


class Who(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


@dataclass(frozen=True)
class PreparationItem:
    """What is ready before each meeting, by whom, and how many hours before it begins."""

    what: str
    by: Who
    hours_before: int


@dataclass(frozen=True)
class Preparation:
    items: tuple[PreparationItem, ...]


class Mode(StrEnum):
    """Who can read what is written here. See `sentences.who_can_see` for each as a table."""

    PRIVATE = "private"
    SHARED_ON_CONCERN = "shared-on-concern"
    SUPERVISED = "supervised"


@dataclass(frozen=True)
class Confidentiality:
    """The mode, and in the pair's own words what stays off limits and what may be told to whom."""

    mode: Mode
    off_limits: str
    may_be_told: str


@dataclass(frozen=True)
class Review:
    """The date of the first review, and at most how many days pass between later ones."""

    first: date
    every_days: int


FIRST_REVIEW_DAYS = 30
LONGEST_REVIEW_DAYS = 180


def usual_review(schedule: Schedule) -> Review:
    """What holds unless a pair says otherwise: 30 days after the first meeting, then every 180 days."""
    return Review(schedule.first_meeting() + timedelta(days=FIRST_REVIEW_DAYS), LONGEST_REVIEW_DAYS)


Part: TypeAlias = Objectives | Schedule | Channels | Responses | Preparation | Confidentiality | Review

PART_TYPES: dict[PartKind, type[Part]] = {
    PartKind.OBJECTIVES: Objectives,
    PartKind.SCHEDULE: Schedule,
    PartKind.CHANNELS: Channels,
    PartKind.RESPONSES: Responses,
    PartKind.PREPARATION: Preparation,
    PartKind.CONFIDENTIALITY: Confidentiality,
    PartKind.REVIEW: Review,
}


@dataclass(frozen=True)
class Terms:
    """A whole agreement without its prose. Field names are the values of PartKind."""

    objectives: Objectives
    schedule: Schedule
    channels: Channels
    responses: Responses
    preparation: Preparation
    confidentiality: Confidentiality
    review: Review
