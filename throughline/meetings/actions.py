"""What happens to a pair's meetings. The series follows the signed agreement; outcomes follow what happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.accounts.queries import people_by_id
from throughline.agreements.queries import terms_in_force
from throughline.calls.actions import open_call
from throughline.calls.queries import people_on, talks_of
from throughline.foundation import clock
from throughline.ledger.actions import forget, record
from throughline.meetings.contacts import fact_of
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.domain.outcomes import Outcome, Verdict, judge
from throughline.meetings.domain.series import occurrences, same_from
from throughline.meetings.kinds import SOON
from throughline.meetings.models import Attendance, Meeting, Reminder, Series, Settlement, Withdrawal
from throughline.meetings.queries import still_standing
from throughline.notices.actions import notify
from throughline.relationships.queries import members_of, pauses_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.agreements.domain.terms import Schedule
    from throughline.calls.models import Call
    from throughline.relationships.models import Relationship

AHEAD = 8  # occurrences that stand in the calendar, outside pauses; the practices ask for three


class CannotJoinError(Exception):
    """Says to a person why the door is shut."""


@transaction.atomic
def plan_series(*, relationship_id: UUID, version_id: UUID) -> None:
    """Make the signed schedule the series. The same schedule leaves all as it is; another one replaces what is to
    come and never what has been. Doing it twice for one version changes nothing."""
    terms = terms_in_force(relationship_id)
    if terms is None:
        return
    now = clock.now()
    running = Series.objects.select_for_update().filter(relationship_id=relationship_id, ended_at=None).first()
    if running is not None:
        if same_from(running.schedule, terms.schedule, now):
            return
        _end(running, now, version_id)
    _fill(_begin(relationship_id, version_id, terms.schedule, now), now)


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
        planned_at=now,
    )


def _end(series: Series, now: datetime, version_id: UUID | None) -> None:
    """What people can join already stays: they may be in it."""
    series.ended_at = now
    series.save(update_fields=["ended_at"])
    for meeting in still_standing(Meeting.objects.filter(series=series, start__gt=now)):
        if door(meeting.planned, now) is Door.EARLY:
            Withdrawal.objects.create(meeting=meeting, version_id=version_id, at=now)


@transaction.atomic
def end_series(*, relationship_id: UUID) -> None:
    """The relationship is over: nothing is planned any more."""
    for series in Series.objects.select_for_update().filter(relationship_id=relationship_id, ended_at=None):
        _end(series, clock.now(), None)


@transaction.atomic
def top_up(*, relationship_id: UUID) -> None:
    """Plan as many meetings ahead as should be, unless the series has ended or reaches its last date."""
    for series in Series.objects.select_for_update().filter(relationship_id=relationship_id, ended_at=None):
        _fill(series, clock.now())


def _fill(series: Series, now: datetime) -> None:
    known = dict(Meeting.objects.filter(series=series, first_start__gt=now).values_list("first_start", "pk"))
    off = set(Meeting.objects.filter(pk__in=known.values(), cancellation__isnull=False).values_list("pk", flat=True))
    pauses = pauses_of(series.relationship_id)
    ahead = 0
    for start in occurrences(series.schedule, now):
        if start not in known:
            _plan(series, start, now)
        if known.get(start) not in off and not any(pause.covers(start) for pause in pauses):
            ahead += 1
        if ahead == AHEAD:
            return


def _plan(series: Series, start: datetime, now: datetime) -> None:
    Meeting.objects.create(
        series=series,
        relationship_id=series.relationship_id,
        first_start=start,
        start=start,
        end=start + timedelta(minutes=series.minutes),
        planned_at=now,
    )


def join_meeting(*, meeting: Meeting, relationship: Relationship, by: Person) -> Call:
    """The call of this meeting, opened by whoever comes first. Raises CannotJoinError outside its hours, and what
    opening a call raises."""
    if not still_standing(Meeting.objects.filter(pk=meeting.pk)).exists():
        raise CannotJoinError(_("This meeting is off. You can start a quick call from your relationship's page."))
    where = door(meeting.planned, clock.now())
    if where is Door.EARLY:
        raise CannotJoinError(_("You can join from ten minutes before the start. Until then, a quick call works."))
    if where is Door.SHUT:
        raise CannotJoinError(_("This meeting is over. You can start a quick call at any time."))
    return open_call(relationship=relationship, by=by, occasion=meeting.occasion)


@transaction.atomic
def remind_of_meeting(*, meeting_id: UUID) -> None:
    """Mail both that it is about to begin, once. Not in a pause, in which nobody is expected."""
    meeting = still_standing(Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id)).first()
    if meeting is None or any(pause.covers(meeting.start) for pause in pauses_of(meeting.relationship_id)):
        return
    _reminder, made = Reminder.objects.get_or_create(meeting=meeting)
    members = members_of(meeting.relationship_id) if made else ()
    for person in people_by_id(member.person_id for member in members).values():
        notify(
            kind=SOON,
            recipient=person,
            thing=(KIND, meeting.pk),
            address=reverse("meetings:meeting", args=[meeting.pk]),
            relationship_id=meeting.relationship_id,
            meeting_id=meeting.pk,
        )


@transaction.atomic
def settle_meeting(*, meeting_id: UUID) -> None:
    """Say what became of a meeting, from all its calls so far. Until its door shuts only "held" can be said, since
    more may come; a call that ends later settles it again."""
    meeting = still_standing(Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id)).first()
    if meeting is None:
        return
    verdict = judge(meeting.planned, talks_of(meeting.occasion), people_on(meeting.occasion))
    if verdict.outcome is not Outcome.HELD and door(meeting.planned, clock.now()) is not Door.SHUT:
        return
    fact = fact_of(_settle(meeting, verdict))
    if fact:
        record(fact)
    else:
        forget(meeting.occasion)


def _settle(meeting: Meeting, verdict: Verdict) -> Settlement:
    settlement, _made = Settlement.objects.update_or_create(
        meeting=meeting,
        defaults={
            "at": clock.now(),
            "outcome": verdict.outcome,
            "kept": verdict.kept,
            "together": verdict.together,
            "both_voice": verdict.both_voice,
            "both_video": verdict.both_video,
            "started_at": verdict.started_at,
            "ended_at": verdict.ended_at,
        },
    )
    Attendance.objects.filter(settlement=settlement).delete()
    Attendance.objects.bulk_create(
        Attendance(
            settlement=settlement, person_id=part.person_id, present=part.present, voice=part.voice, video=part.video
        )
        for part in verdict.parts
    )
    return settlement
