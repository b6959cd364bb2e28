"""What stands in the calendar, and what is left to plan or to settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from throughline.agreements.domain.faults.base import LONGEST_BEFORE_HOURS
from throughline.calls.queries import running_calls_in
from throughline.foundation import clock
from throughline.foundation.prepared import prepared
from throughline.meetings.domain.outcomes import GRACE
from throughline.meetings.models import Meeting, Reminder, Series
from throughline.relationships.queries import pauses_by_relationship

if TYPE_CHECKING:
    from throughline.agreements.domain.terms import Schedule
    from throughline.relationships.domain.states import Span

NOTICE = timedelta(minutes=15)


def still_standing(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Without those that were called off, skipped, or fell away with their series."""
    return meetings.filter(cancellation__isnull=True, withdrawal__isnull=True, skip__isnull=True)


def schedule_of(relationship_id: UUID) -> Schedule | None:
    """The schedule that meetings are planned by now."""
    series = Series.objects.filter(relationship_id=relationship_id, ended_at=None).first()
    return series.schedule if series else None


def future_count_of(relationship_id: UUID, at: datetime, pauses: Sequence[Span] | None = None) -> int:
    """How many meetings stand in the calendar after this instant, outside pauses."""
    if pauses is None:
        pauses = pauses_by_relationship([relationship_id])[relationship_id]
    return sum(not any(pause.covers(start) for pause in pauses) for start in _starts_after(relationship_id, at))


@prepared
def _starts_after(relationship_id: UUID, at: datetime) -> QuerySet[Meeting, datetime]:
    meetings = still_standing(Meeting.objects.filter(relationship_id=relationship_id, start__gt=at))
    return meetings.values_list("start", flat=True)


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


def meetings_to_prepare() -> list[UUID]:
    """Those that are near enough for a signed preparation to be due within a day, or that were."""
    now = clock.now()
    near = Meeting.objects.filter(start__gt=now, start__lte=now + timedelta(hours=LONGEST_BEFORE_HOURS, days=1))
    return list(still_standing(near).values_list("pk", flat=True))


def meetings_to_remind_of() -> list[UUID]:
    """Those that begin within a quarter of an hour, and of which nobody has been told yet."""
    now = clock.now()
    soon = still_standing(Meeting.objects.filter(start__gt=now, start__lte=now + NOTICE))
    told = Reminder.objects.filter(meeting__start__gt=now).values("meeting_id")
    return list(soon.exclude(pk__in=told).values_list("pk", flat=True))
