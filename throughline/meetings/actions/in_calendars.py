"""A pair's meetings in the calendars of its people: what stands here is kept there, by a job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from throughline.agreements.domain.terms import Cadence
from throughline.calendars.actions import Rule, cancel_event, end_run, keep_event, keep_run
from throughline.foundation import clock
from throughline.foundation.jobs.registry import enqueue
from throughline.meetings.domain.series import occurrences
from throughline.meetings.models import Meeting, Series
from throughline.meetings.queries import still_standing
from throughline.relationships.queries import members_of, pauses_of, relationships_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.agreements.domain.terms import Schedule
    from throughline.calendars.models import Run

IN_CALENDARS = "meetings.in_calendars"
_HORIZON = timedelta(days=366)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@transaction.atomic
def ask_for_calendars(*, relationship_id: UUID) -> None:
    """After this transaction, when a worker comes to it: signing waits for nobody's calendar."""
    enqueue(IN_CALENDARS, relationship_id=relationship_id)


@transaction.atomic
def show_in_calendars(*, person: Person) -> None:
    """Somebody opened a calendar to us: everything that is planned belongs into it."""
    for summary in relationships_of(person):
        enqueue(IN_CALENDARS, relationship_id=summary.relationship_id)


@transaction.atomic
def keep_in_calendars(*, relationship_id: UUID) -> None:
    """Bring everybody's events in step with what is planned from now on. Doing it twice changes nothing."""
    people = [member.person_id for member in members_of(relationship_id)]
    runs = _keep_runs(relationship_id, people)
    now = clock.now()
    ahead = Meeting.objects.filter(relationship_id=relationship_id, end__gt=now).select_related("series")
    standing = {meeting.pk for meeting in still_standing(ahead)}
    pauses = pauses_of(relationship_id)
    for meeting in ahead.order_by("start"):
        off = meeting.pk not in standing or any(pause.covers(meeting.start) for pause in pauses)
        for person_id in people:
            if off:
                cancel_event(person_id=person_id, source=meeting.occasion)
            else:
                _keep(meeting, person_id, people, runs.get((meeting.series_id, person_id)))


@transaction.atomic
def put_back(*, meeting_id: UUID) -> None:
    """A wish was not granted: the block returns to where the meeting is, also where somebody's own calendar has moved
    it or lost it."""
    meeting = Meeting.objects.select_related("series").filter(pk=meeting_id, end__gt=clock.now()).first()
    if meeting is None or not still_standing(Meeting.objects.filter(pk=meeting_id)).exists():
        return
    people = [member.person_id for member in members_of(meeting.relationship_id)]
    runs = _keep_runs(meeting.relationship_id, people)
    for person_id in people:
        _keep(meeting, person_id, people, runs.get((meeting.series_id, person_id)), restore=True)


def _keep(meeting: Meeting, person_id: UUID, people: Sequence[UUID], run: Run | None, *, restore: bool = False) -> None:
    keep_event(
        person_id=person_id,
        source=meeting.occasion,
        start=meeting.start,
        end=meeting.end,
        zone=meeting.series.zone,
        others=[other for other in people if other != person_id],
        path=reverse("meetings:meeting", args=[meeting.pk]),
        relationship_id=meeting.relationship_id,
        run=run,
        recurrence=meeting.first_start if run else None,
        restore=restore,
    )


def _keep_runs(relationship_id: UUID, people: Sequence[UUID]) -> dict[tuple[UUID, UUID], Run]:
    """By series and person; those of series that ended end."""
    found = {}
    for series in Series.objects.filter(relationship_id=relationship_id):
        source = f"meetings.Series:{series.pk}"
        rule = rule_of(series) if series.ended_at is None else None
        for person_id in people:
            if rule is None:
                end_run(person_id=person_id, source=source)
                continue
            found[series.pk, person_id] = keep_run(
                person_id=person_id,
                rule=rule,
                zone=series.zone,
                others=[other for other in people if other != person_id],
                path=reverse("meetings:series", args=[relationship_id]),
                relationship_id=relationship_id,
            )
    return found


def rule_of(series: Series) -> Rule | None:
    """The signed schedule as calendars write it; None once nothing of it is to come."""
    schedule = series.schedule
    every_time = replace(schedule, holidays=())
    since = series.planned_at
    first = next(occurrences(every_time, since), None)
    if first is None:
        return None
    held = set(_year_of(occurrences(schedule, since), first))
    without = tuple(start for start in _year_of(occurrences(every_time, since), first) if start not in held)
    return Rule(f"meetings.Series:{series.pk}", first, schedule.minutes, _text_of(schedule), without)


def _year_of(starts: Iterable[datetime], first: datetime) -> Iterable[datetime]:
    """Holidays further ahead than a year are left out when they come nearer."""
    until = max(first, clock.now()) + _HORIZON
    return takewhile(lambda start: start < until, starts)


def _text_of(schedule: Schedule) -> str:
    day = _DAYS[schedule.weekday]
    if schedule.cadence is Cadence.MONTHLY:
        text = f"FREQ=MONTHLY;BYDAY={schedule.week_of_month}{day}"
    else:
        text = f"FREQ=WEEKLY;INTERVAL={1 if schedule.cadence is Cadence.WEEKLY else 2};BYDAY={day}"
    if schedule.last is None:
        return text
    end = datetime.combine(schedule.last, time(23, 59, 59), tzinfo=ZoneInfo(schedule.zone)).astimezone(UTC)
    return f"{text};UNTIL={end:%Y%m%dT%H%M%SZ}"
