"""The meetings that are to come or going on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

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


def upcoming_in(relationship_ids: Iterable[UUID], limit: int) -> list[Upcoming]:
    """A meeting stays here until its door shuts, an hour after its end, or it was held. Two queries."""
    now, ids = clock.now(), list(relationship_ids)
    meetings = still_standing(Meeting.objects.filter(relationship_id__in=ids, end__gt=now - GRACE))
    found = list(meetings.filter(settlement__isnull=True).order_by("start")[:limit])
    pauses = pauses_by_relationship(ids)
    return [_upcoming(meeting, now, pauses[meeting.relationship_id]) for meeting in found]


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
