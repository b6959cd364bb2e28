"""By when an answer is due: the signed time, counted on the working hours of whoever answers.

A working day is as long as its hours, so two working days from Tuesday 15:00 end on Thursday 15:00. What comes outside
the hours begins to count with the next of them. Hours are wall-clock time where the answerer lives, so an hour that
a clock change skips does not count and one that it repeats counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Absence, Availability, Span, Window
from throughline.agreements.domain.faults.waiting import minutes_a_day
from throughline.agreements.domain.terms import USUAL_HOURS, Holiday, ResponseTime, Unit, WorkingHours

FARTHEST_DAYS = 800


def answer_by(
    asked_at: datetime,
    answer: ResponseTime,
    hours: WorkingHours | None,
    said: Availability,
    holidays: tuple[Holiday, ...] = (),
) -> datetime | None:
    """The instant, in UTC, at which the time to answer is over. asked_at: aware.

    said: what the answerer says of their time; their zone and absences count, and their working days where the
    agreement was signed before hours were asked for (hours is None). None when they are away for two years.
    """
    hours = hours or replace(USUAL_HOURS, days=tuple(sorted(said.working_days)))
    left = timedelta(minutes=answer.amount * (60 if answer.unit is Unit.HOURS else minutes_a_day(hours)))
    for span in _working(asked_at, hours, said, holidays):
        start = max(span.start, asked_at)
        if start + left <= span.end:
            return start + left
        left -= max(span.end - start, timedelta(0))
    return None


def _working(since: datetime, hours: WorkingHours, said: Availability, holidays: tuple[Holiday, ...]) -> Iterator[Span]:
    """Working time from the day of an instant on, in order."""
    away = (*said.absences, *(Absence(holiday.first, holiday.last) for holiday in holidays))
    windows = tuple(Window(day, hours.starts, hours.ends) for day in hours.days)
    working = Availability(said.zone, windows, absences=away)
    first = since.astimezone(ZoneInfo(said.zone)).date()
    days = (first + timedelta(days=number) for number in range(FARTHEST_DAYS))
    return (span for day in days for span in working.instants_free(day) if span.end > since)
