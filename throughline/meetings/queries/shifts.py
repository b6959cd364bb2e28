"""Meetings whose hour shifts for somebody, since only one zone changes its clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from throughline.foundation import clock
from throughline.meetings.domain.local import local_start
from throughline.meetings.models import Meeting, ShiftWarning
from throughline.meetings.queries.planning import still_standing
from throughline.relationships.queries import members_by_relationship

AHEAD = timedelta(days=7)


def shifts_to_tell() -> list[UUID]:
    """Meetings of the next week that come at another local time than the one planned before them, for somebody, and of
    which nobody was told. What was moved, or takes turns, shifts on purpose."""
    now = clock.now()
    soon = still_standing(Meeting.objects.filter(start__gt=now, start__lte=now + AHEAD)).select_related("series")
    told = ShiftWarning.objects.filter(meeting__start__gt=now).values("meeting_id")
    found = [m for m in soon.exclude(pk__in=told) if m.start == m.first_start and not m.series.rotation]
    members = members_by_relationship({meeting.relationship_id for meeting in found})
    shifted = []
    for meeting in found:
        earlier = Meeting.objects.filter(series=meeting.series_id, first_start__lt=meeting.first_start)
        before = earlier.order_by("-first_start").values_list("first_start", flat=True).first()
        here = [local_start("", m.zone, meeting.start, before) for m in members[meeting.relationship_id]]
        if any(local.shift for local in here):
            shifted.append(meeting.pk)
    return shifted


def shifts_told_in(relationship_id: UUID, since: datetime) -> int:
    """Of how many such meetings both have been told. One query."""
    return ShiftWarning.objects.filter(meeting__relationship_id=relationship_id, at__gte=since).count()
