"""The series follows the signed agreement: planned, topped up, replaced, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from throughline.agreements.queries import terms_in_force
from throughline.foundation import clock
from throughline.meetings.actions.holding import hold_time_of
from throughline.meetings.actions.requests import overtake
from throughline.meetings.actions.telling import tell
from throughline.meetings.domain.changing import DAYS
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.free_time import Pair
from throughline.meetings.domain.series import occurrences, same_from
from throughline.meetings.kinds import FELL_AWAY, NO_ROOM
from throughline.meetings.models import Meeting, Move, Series, Withdrawal
from throughline.meetings.queries import protected_times, still_standing
from throughline.meetings.signals import occurrences_changed
from throughline.relationships.queries import members_of, pauses_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from throughline.agreements.domain.terms import Schedule

AHEAD = 8  # occurrences that stand in the calendar, outside pauses; the practices ask for three
_Why = Withdrawal.Why


@transaction.atomic
def plan_series(*, relationship_id: UUID, version_id: UUID) -> None:
    """Make the signed schedule the series. The same schedule leaves all as it is; another one replaces what is to
    come and never what has been. Doing it twice for one version changes nothing.

    A meeting that both schedules have stays the same meeting, with whatever was agreed about it since. What stands
    before the first day of the new schedule stays as well. The rest falls away, also where it had been moved: of
    that both are told.
    """
    terms = terms_in_force(relationship_id)
    if terms is None:
        return
    hold_time_of(member.person_id for member in members_of(relationship_id))
    now = clock.now()
    running = Series.objects.select_for_update().filter(relationship_id=relationship_id, ended_at=None).first()
    if running is not None:
        if same_from(running.schedule, terms.schedule, now):
            return
        running.ended_at = now
        running.save(update_fields=["ended_at"])
    series = _begin(relationship_id, version_id, terms.schedule, now)
    if running is not None:
        _take_over(series, now)
    _fill(series, now)


def _begin(relationship_id: UUID, version_id: UUID, schedule: Schedule, now: datetime) -> Series:
    return Series.objects.create(
        relationship_id=relationship_id,
        version_id=version_id,
        cadence=schedule.cadence.value,
        weekday=schedule.weekday,
        week_of_month=schedule.week_of_month,
        time=schedule.time,
        zone=schedule.zone,
        minutes=schedule.minutes,
        first=schedule.first,
        last=schedule.last,
        holidays=[[holiday.first.isoformat(), holiday.last.isoformat()] for holiday in schedule.holidays],
        rotation=[at.isoformat() for at in schedule.rotation],
        planned_at=now,
    )


def _take_over(series: Series, now: datetime) -> None:
    """What the schedules before this one left to come: kept where this one has it too, or has not begun yet."""
    rows = Meeting.objects.filter(relationship_id=series.relationship_id).exclude(series=series)
    left = list(_still_planned(rows).filter(Q(first_start__gt=now) | Q(start__gt=now)).select_related("series"))
    last = max((meeting.first_start for meeting in left), default=now)
    begins = next(occurrences(series.schedule, now), now)
    also = set(takewhile(lambda start: start <= last, occurrences(series.schedule, now)))
    changed: list[UUID] = []
    for meeting in left:
        if meeting.first_start in also:
            changed += _adopt(meeting, series)
        elif not _survives(meeting, series, now, begins):
            _withdraw(meeting, now, series.version_id)
            changed.append(meeting.pk)
    _announce(series, changed)


def _still_planned(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With those that were called off, skipped or found no room: a new series must not plan them once more."""
    return meetings.filter(Q(withdrawal__isnull=True) | Q(withdrawal__why=_Why.TAKEN))


def _adopt(meeting: Meeting, series: Series) -> list[UUID]:
    """Another length changes it for calendars; another version alone does not."""
    end = meeting.start + timedelta(minutes=series.minutes)
    longer = meeting.end != end and meeting.start > clock.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        series=series,
        end=end if longer else meeting.end,
        sequence=meeting.sequence + longer,
    )
    return [meeting.pk] if longer else []


def _survives(meeting: Meeting, series: Series, now: datetime, begins: datetime) -> bool:
    """What people can join already, what was moved out of the past, and what comes before the new schedule begins,
    unless that begins within half the cadence: then its first meeting is the one that takes this one's place."""
    half = timedelta(days=DAYS[series.schedule.cadence]) / 2
    before = meeting.first_start <= begins - half
    return door(meeting.planned, now) is not Door.EARLY or meeting.first_start <= now or before


def _withdraw(meeting: Meeting, now: datetime, version_id: UUID | None) -> None:
    """It falls away; whoever had moved it, or asked to, hears of it."""
    moved = meeting.start != meeting.first_start and still_standing(Meeting.objects.filter(pk=meeting.pk)).exists()
    asked = overtake(meeting)
    Withdrawal.objects.update_or_create(
        meeting=meeting, defaults={"version_id": version_id, "at": now, "why": _Why.REPLACED}
    )
    Meeting.objects.filter(pk=meeting.pk).update(sequence=meeting.sequence + 1)
    if version_id and (moved or asked):
        tell(FELL_AWAY, meeting)


@transaction.atomic
def end_series(*, relationship_id: UUID) -> None:
    """The relationship is over: nothing is planned any more. What people can join already stays: they may be in it."""
    hold_time_of(member.person_id for member in members_of(relationship_id))
    now = clock.now()
    for series in Series.objects.select_for_update().filter(relationship_id=relationship_id, ended_at=None):
        series.ended_at = now
        series.save(update_fields=["ended_at"])
    rows = Meeting.objects.filter(relationship_id=relationship_id, start__gt=now)
    left = [meeting for meeting in still_standing(rows) if door(meeting.planned, now) is Door.EARLY]
    for meeting in left:
        _withdraw(meeting, now, None)
    if left:
        _announce(left[0].series, [meeting.pk for meeting in left])


@transaction.atomic
def top_up(*, relationship_id: UUID) -> None:
    """Plan as many meetings ahead as should be, unless the series has ended or reaches its last date."""
    hold_time_of(member.person_id for member in members_of(relationship_id))
    for series in Series.objects.select_for_update().filter(relationship_id=relationship_id, ended_at=None):
        _fill(series, clock.now())


def _fill(series: Series, now: datetime) -> None:
    """AHEAD meetings that people are expected at. Where one of them has another protected meeting already, the time
    is not given twice: that one is marked, and both are asked for another time."""
    planned = _known(series, now)
    pauses = pauses_of(series.relationship_id)
    length = timedelta(minutes=series.minutes)
    taken: list[Pair] | None = None
    made: list[Meeting] = []
    ahead = 0
    for start in occurrences(series.schedule, now):
        if start not in planned:
            taken = _taken_from(series, now) if taken is None else taken
            free = not any(begin < start + length and end > start for begin, end in taken)
            made.append(_planned(series, start, now))
            planned[start] = free
        if planned[start] and not any(pause.covers(start) for pause in pauses):
            ahead += 1
        if ahead == AHEAD or len(made) > 3 * AHEAD:
            break
    if made:
        _keep(made, [meeting for meeting in made if not planned[meeting.first_start]], now)
        _announce(series, [meeting.pk for meeting in made])
    if crowded := next((meeting for meeting in made if not planned[meeting.first_start]), None):
        tell(NO_ROOM, crowded)


def _known(series: Series, now: datetime) -> dict[datetime, bool]:
    """The starts that were planned once, and whether anybody is expected there. A start that was given up because it
    was never free counts as planned, under its first time."""
    rows = _still_planned(Meeting.objects.filter(relationship_id=series.relationship_id, first_start__gt=now))
    standing = set(still_standing(rows).values_list("pk", flat=True))
    given_up = Move.objects.filter(meeting__relationship_id=series.relationship_id, before__gt=now)
    found = dict.fromkeys(given_up.values_list("before", flat=True), False)
    return found | {start: pk in standing for start, pk in rows.values_list("first_start", "pk")}


def _taken_from(series: Series, now: datetime) -> list[Pair]:
    ids = [member.person_id for member in members_of(series.relationship_id)]
    return protected_times(ids, now, None)


def _planned(series: Series, start: datetime, now: datetime) -> Meeting:
    return Meeting(
        series=series,
        relationship_id=series.relationship_id,
        first_start=start,
        start=start,
        end=start + timedelta(minutes=series.minutes),
        planned_at=now,
    )


def _keep(made: list[Meeting], crowded: list[Meeting], now: datetime) -> None:
    Meeting.objects.bulk_create(made)
    Withdrawal.objects.bulk_create(Withdrawal(meeting=meeting, at=now, why=_Why.TAKEN) for meeting in crowded)


def _announce(series: Series, meeting_ids: Sequence[UUID]) -> None:
    if meeting_ids:
        occurrences_changed.send(
            Series, relationship_id=series.relationship_id, series_id=series.pk, meeting_ids=tuple(meeting_ids)
        )
