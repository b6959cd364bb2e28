"""When people are taken: their protected meetings, and the times that are held while somebody is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from throughline.meetings.domain.free_time import Pair, joined
from throughline.meetings.models import ChangeRequest, Meeting
from throughline.meetings.queries.planning import still_standing
from throughline.relationships.queries import relationships_beside

_EVER = datetime.max.replace(tzinfo=UTC)


def protected_times(
    person_ids: Iterable[UUID], begin: datetime, end: datetime | None, *, besides: UUID | None = None
) -> list[Pair]:
    """Times of any of these people between two instants that nothing else may be booked over, sorted and disjoint.

    besides: a meeting whose own time, and the times that are asked for it, do not count. Three queries.
    """
    ids = relationships_beside(person_ids)
    until = end or _EVER
    standing = still_standing(Meeting.objects.filter(relationship_id__in=ids, start__lt=until, end__gt=begin))
    meetings = standing.filter(settlement__isnull=True).exclude(pk__in=[besides] if besides else [])
    asked = ChangeRequest.objects.filter(relationship_id__in=ids, end__isnull=True, to__lt=until, to__gt=begin - _DAY)
    held = asked.exclude(meeting__in=[besides] if besides else []).values_list("to", "meeting__start", "meeting__end")
    times = [*meetings.values_list("start", "end"), *((to, to + (last - first)) for to, first, last in held if to)]
    return joined((start, last) for start, last in times if last > begin)


_DAY = timedelta(days=1)
