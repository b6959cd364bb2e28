"""Changing what is planned: how far, within which time, and how a request ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from throughline.agreements.domain.terms import Cadence, Schedule
from throughline.meetings.domain.free_time import Pair

DAYS = {Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14, Cadence.MONTHLY: 30}


class Scope(StrEnum):
    """THIS meeting alone; this and all FOLLOWING ones; the whole SERIES, which is what is still to come of it."""

    THIS = "this"
    FOLLOWING = "following"
    SERIES = "series"


class How(StrEnum):
    """How a request ended. COUNTERED: answered with another time. BEGAN: the meeting, or the time asked for, came
    first. TAKEN: the new time was gone when it was accepted. OVERTAKEN: the meeting was called off, or fell away with
    its schedule. PROPOSED: it would change what is signed, so it became a proposal to the agreement."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    COUNTERED = "countered"
    WITHDRAWN = "withdrawn"
    BEGAN = "began"
    TAKEN = "taken"
    OVERTAKEN = "overtaken"
    PROPOSED = "proposed"


def cadence_window(first_start: datetime, cadence: Cadence) -> Pair:
    """From when to when a meeting may be moved: half the cadence around the start that was first agreed."""
    half = timedelta(days=DAYS[cadence]) / 2
    return first_start - half, first_start + half


def schedule_moved(schedule: Schedule, to: datetime, scope: Scope, today: date) -> Schedule:
    """The schedule under which a meeting would be at `to`, with what follows it or with all that is to come.

    today: in the schedule's zone. It begins on the day of `to`, or, for the whole series, with the first such date
    after today. A fortnight keeps its parity.
    """
    local = to.astimezone(ZoneInfo(schedule.zone))
    day = local.date()
    week = None
    if schedule.cadence is Cadence.MONTHLY:
        week = -1 if schedule.week_of_month == -1 and _is_last(day) else min((day.day - 1) // 7 + 1, 5)
        week = -1 if week == 5 else week
    if scope is Scope.SERIES:
        step = timedelta(weeks=2 if schedule.cadence is Cadence.FORTNIGHTLY else 1)
        while day - step > today:
            day -= step
    return replace(
        schedule, weekday=local.weekday(), week_of_month=week, time=local.time().replace(second=0, microsecond=0),
        first=day, rotation=(),
    )  # fmt: skip


def _is_last(day: date) -> bool:
    return (day + timedelta(days=7)).month != day.month
