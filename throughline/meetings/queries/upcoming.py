"""The meetings that are to come or going on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.domain.outcomes import GRACE
from throughline.meetings.models import Meeting
from throughline.meetings.queries.planning import still_standing
from throughline.relationships.queries import pauses_by_relationship, relationships_of
from throughline.relationships.things import OpenItem, Thing

if TYPE_CHECKING:
    from throughline.accounts.models import Person
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


def upcoming_meetings_of(person: Person, limit: int = 3) -> list[Upcoming]:
    """The next meetings of a person in all their relationships, the soonest first."""
    return upcoming_in([summary.relationship_id for summary in relationships_of(person)], limit)


def next_meetings_of(relationship_id: UUID, limit: int = 3) -> list[Upcoming]:
    return upcoming_in([relationship_id], limit)


def upcoming_in(
    relationship_ids: Iterable[UUID],
    limit: int,
    *,
    until: datetime | None = None,
    pauses: Mapping[UUID, Sequence[Span]] | None = None,
) -> list[Upcoming]:
    """A meeting stays here until its door shuts, an hour after its end, or it was held. Two queries.

    until: only those that start before. pauses: those accepted in each relationship, when they are known already.
    """
    now, ids = clock.now(), list(relationship_ids)
    if not ids:
        return []
    meetings = _to_come(ids, now).filter(start__lt=until) if until else _to_come(ids, now)
    found = list(meetings.order_by("start")[:limit])
    known = pauses_by_relationship(ids) if pauses is None else pauses
    return [_upcoming(meeting, now, known[meeting.relationship_id]) for meeting in found]


def next_starts_in(relationship_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these meets next; those that have nothing planned are left out. One query."""
    soonest = _to_come(list(relationship_ids), clock.now()).values("relationship_id").annotate(next=Min("start"))
    return dict(soonest.order_by().values_list("relationship_id", "next"))


def _to_come(relationship_ids: Sequence[UUID], now: datetime) -> QuerySet[Meeting]:
    standing = still_standing(Meeting.objects.filter(relationship_id__in=relationship_ids, end__gt=now - GRACE))
    return standing.filter(settlement__isnull=True)


def open_doors(person: Person, relationship_ids: Sequence[UUID]) -> Iterator[OpenItem]:
    """What waits for somebody whose meeting is about to begin or going on. Two queries."""
    for upcoming in upcoming_in(relationship_ids, limit=len(relationship_ids) * 3):
        if upcoming.open:
            address = reverse("meetings:meeting", args=[upcoming.meeting_id])
            thing = Thing(KIND, upcoming.meeting_id, _("Your meeting"), address)
            yield OpenItem(thing, upcoming.relationship_id, _("Join"), upcoming.start)


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
