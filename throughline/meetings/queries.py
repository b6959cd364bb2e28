"""Reads about meetings, named by what they return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from throughline.calls.queries import running_calls_in
from throughline.foundation import clock
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.outcomes import GRACE, MeetingOutcome, Outcome, cancelled
from throughline.meetings.models import Cancellation, Meeting, Move, Series, Settlement
from throughline.relationships.queries import pauses_by_relationship, relationships_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.agreements.domain.terms import Schedule
    from throughline.relationships.domain.states import Span


@dataclass(frozen=True)
class Upcoming:
    """A meeting to come or going on. door: whether people can join at the instant that was asked about."""

    meeting_id: UUID
    relationship_id: UUID
    start: datetime
    end: datetime
    opens_at: datetime
    door: Door
    in_pause: bool

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds()) // 60

    @property
    def open(self) -> bool:
        return self.door is Door.OPEN


def still_standing(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Without those that were called off or fell away with their series."""
    return meetings.filter(cancellation__isnull=True, withdrawal__isnull=True)


def upcoming_meetings_of(person: Person, limit: int = 3) -> list[Upcoming]:
    """The next meetings of a person in all their relationships, the soonest first."""
    return upcoming_in([summary.relationship_id for summary in relationships_of(person)], limit)


def next_meetings_of(relationship_id: UUID, limit: int = 3) -> list[Upcoming]:
    return upcoming_in([relationship_id], limit)


def upcoming_in(relationship_ids: Iterable[UUID], limit: int) -> list[Upcoming]:
    """A meeting stays here until its door shuts, an hour after its end, or it was held. Two queries."""
    now, ids = clock.now(), list(relationship_ids)
    meetings = still_standing(Meeting.objects.filter(relationship_id__in=ids, end__gt=now - GRACE))
    found = list(meetings.filter(settlement__isnull=True).order_by("start")[:limit])
    pauses = pauses_by_relationship(ids)
    return [_upcoming(meeting, now, pauses[meeting.relationship_id]) for meeting in found]


def _upcoming(meeting: Meeting, now: datetime, pauses: Iterable[Span]) -> Upcoming:
    planned = meeting.planned
    return Upcoming(
        meeting_id=meeting.pk,
        relationship_id=meeting.relationship_id,
        start=meeting.start,
        end=meeting.end,
        opens_at=planned.opens_at,
        door=door(planned, now),
        in_pause=any(pause.covers(meeting.start) for pause in pauses),
    )


def outcomes_of(relationship_id: UUID, since: datetime, until: datetime) -> list[MeetingOutcome]:
    """What became of the meetings first agreed for [since, until), by that start; those not settled yet are left out,
    and so are those that another schedule replaced. Three queries."""
    meetings = list(
        Meeting.objects.filter(
            relationship_id=relationship_id, first_start__gte=since, first_start__lt=until, withdrawal__isnull=True
        )
        .exclude(settlement__isnull=True, cancellation__isnull=True)
        .select_related("settlement", "cancellation")
        .order_by("first_start")
    )
    pauses = pauses_by_relationship([relationship_id])[relationship_id]
    moved = _first_moves([meeting.pk for meeting in meetings])
    return [_outcome(meeting, pauses, moved.get(meeting.pk)) for meeting in meetings]


def _first_moves(meeting_ids: Iterable[UUID]) -> dict[UUID, timedelta]:
    """For each moved meeting how long before its start it was first moved."""
    moves = Move.objects.filter(meeting__in=list(meeting_ids)).order_by("-at").values_list("meeting_id", "before", "at")
    return {meeting_id: before - at for meeting_id, before, at in moves}


def _outcome(meeting: Meeting, pauses: Iterable[Span], moved_ahead: timedelta | None) -> MeetingOutcome:
    settled: Settlement | None = getattr(meeting, "settlement", None)
    called_off: Cancellation | None = getattr(meeting, "cancellation", None)
    return MeetingOutcome(
        meeting_id=meeting.pk,
        first_start=meeting.first_start,
        start=meeting.start,
        end=meeting.end,
        outcome=_how(meeting, settled, called_off),
        due=not any(pause.covers(meeting.first_start) for pause in pauses),
        kept=settled is not None and settled.kept,
        together=settled.together if settled else 0,
        started_at=settled.started_at if settled else None,
        moved_ahead=moved_ahead,
    )


def _how(meeting: Meeting, settled: Settlement | None, called_off: Cancellation | None) -> Outcome:
    if called_off is not None:
        return cancelled(meeting.planned, called_off.at)
    if settled is None:
        raise LookupError(f"{meeting} has no outcome yet.")
    return Outcome(settled.outcome)


def schedule_of(relationship_id: UUID) -> Schedule | None:
    """The schedule that meetings are planned by now."""
    series = Series.objects.filter(relationship_id=relationship_id, ended_at=None).first()
    return series.schedule if series else None


def future_count_of(relationship_id: UUID, at: datetime) -> int:
    """How many meetings stand in the calendar after this instant, outside pauses."""
    meetings = still_standing(Meeting.objects.filter(relationship_id=relationship_id, start__gt=at))
    starts = meetings.values_list("start", flat=True)
    pauses = pauses_by_relationship([relationship_id])[relationship_id]
    return sum(not any(pause.covers(start) for pause in pauses) for start in starts)


def relationships_to_top_up(ahead: int) -> list[UUID]:
    """Those whose series has fewer meetings ahead than it should."""
    now = clock.now()
    counted = Counter(
        still_standing(Meeting.objects.filter(start__gt=now, series__ended_at=None)).values_list(
            "relationship_id", flat=True
        )
    )
    running = Series.objects.filter(ended_at=None).values_list("relationship_id", flat=True)
    return [relationship_id for relationship_id in running if counted[relationship_id] < ahead]


def meetings_to_settle() -> list[UUID]:
    """Those whose door has shut, that nobody has settled, and in whose call nobody is any more."""
    shut = still_standing(Meeting.objects.filter(end__lte=clock.now() - GRACE, settlement__isnull=True))
    meetings = list(shut.order_by("end"))
    calls = running_calls_in({meeting.relationship_id for meeting in meetings})
    busy = {call.occasion for call in calls}
    return [meeting.pk for meeting in meetings if meeting.occasion not in busy]
