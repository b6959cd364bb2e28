"""The meetings that are to come or going on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.foundation.prepared import prepared
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.domain.outcomes import GRACE, Planned
from throughline.meetings.models import Meeting
from throughline.meetings.queries.planning import still_standing
from throughline.relationships.queries import pauses_by_relationship, relationships_of
from throughline.relationships.things import OpenItem, Thing

if TYPE_CHECKING:
    from django.db.models import QuerySet

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
    known = pauses_by_relationship(ids) if pauses is None else pauses
    return [_upcoming(row, now, known[row[1]]) for row in _to_come(ids, now - GRACE, until or _EVER)[:limit]]


def next_starts_in(relationship_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these meets next; those that have nothing planned are left out. One query."""
    return dict(_soonest(list(relationship_ids), clock.now() - GRACE))


_Row = tuple[UUID, UUID, datetime, datetime, datetime]
_EVER = datetime.max.replace(tzinfo=UTC)


@prepared
def _to_come(ids: Sequence[UUID], since: datetime, until: datetime) -> QuerySet[Meeting, _Row]:
    rows = _unsettled(ids, since).filter(start__lt=until).order_by("start")
    return rows.values_list("pk", "relationship_id", "first_start", "start", "end")


@prepared
def _soonest(ids: Sequence[UUID], since: datetime) -> QuerySet[Meeting, tuple[UUID, datetime]]:
    rows = _unsettled(ids, since).values("relationship_id").annotate(next=Min("start")).order_by()
    return rows.values_list("relationship_id", "next")


def _unsettled(ids: Sequence[UUID], since: datetime) -> QuerySet[Meeting]:
    standing = still_standing(Meeting.objects.filter(relationship_id__in=ids, end__gt=since))
    return standing.filter(settlement__isnull=True)


def open_doors(person: Person, relationship_ids: Sequence[UUID]) -> Iterator[OpenItem]:
    """What waits for somebody whose meeting is about to begin or going on. Two queries."""
    for upcoming in upcoming_in(relationship_ids, limit=len(relationship_ids) * 3):
        if upcoming.open:
            address = reverse("meetings:meeting", args=[upcoming.meeting_id])
            thing = Thing(KIND, upcoming.meeting_id, _("Your meeting"), address)
            yield OpenItem(thing, upcoming.relationship_id, _("Join"), upcoming.start)


def _upcoming(row: _Row, now: datetime, pauses: Iterable[Span]) -> Upcoming:
    meeting_id, relationship_id, first_start, start, end = row
    planned = Planned(first_start, start, end)
    return Upcoming(
        meeting_id=meeting_id,
        relationship_id=relationship_id,
        start=start,
        end=end,
        opens_at=planned.opens_at,
        door=door(planned, now),
        in_pause=any(pause.covers(start) for pause in pauses),
    )
