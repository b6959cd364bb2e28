"""Meetings as programs read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.foundation import clock
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.outcomes import cancelled
from throughline.meetings.models import Meeting
from throughline.relationships.access import relationship_for
from throughline.relationships.queries import pauses_by_relationship, relationships_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from throughline.accounts.models import Person
    from throughline.relationships.domain.states import Span

_DOORS = {Door.EARLY: "to come", Door.OPEN: "open", Door.SHUT: "over"}


@dataclass(frozen=True)
class Report:
    """A meeting and what became of it. kept, together_seconds: None until settled. Instants in UTC."""

    id: UUID
    relationship_id: UUID
    first_start: datetime
    start: datetime
    end: datetime
    state: str
    kept: bool | None
    together_seconds: int | None
    started_at: datetime | None


def reports_of(
    person: Person,
    *,
    relationship: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[int, list[Report]]:
    """How many there are, and a page of them by start. Raises Http404 for a relationship that is not theirs."""
    if relationship is not None:
        ids = [relationship_for(person, relationship).pk]
    else:
        ids = [summary.relationship_id for summary in relationships_of(person)]
    meetings = Meeting.objects.filter(relationship_id__in=ids)
    if since is not None:
        meetings = meetings.filter(start__gte=since)
    if until is not None:
        meetings = meetings.filter(start__lt=until)
    page = meetings.select_related("settlement", "cancellation", "withdrawal", "skip", "report__answer").order_by(
        "start", "pk"
    )
    pauses = pauses_by_relationship(ids)
    return meetings.count(), [_report(m, pauses[m.relationship_id]) for m in page[offset : offset + limit]]


def report_of(meeting: Meeting) -> Report:
    return _report(meeting, pauses_by_relationship([meeting.relationship_id])[meeting.relationship_id])


def _report(meeting: Meeting, pauses: Iterable[Span]) -> Report:
    settled = getattr(meeting, "settlement", None)
    return Report(
        id=meeting.pk,
        relationship_id=meeting.relationship_id,
        first_start=meeting.first_start,
        start=meeting.start,
        end=meeting.end,
        state=_state(meeting, pauses),
        kept=settled.kept if settled else None,
        together_seconds=settled.together if settled else None,
        started_at=settled.started_at if settled else None,
    )


def _state(meeting: Meeting, pauses: Iterable[Span]) -> str:
    if hasattr(meeting, "withdrawal"):
        return "needs another time" if meeting.withdrawal.why == meeting.withdrawal.Why.TAKEN else "replaced"
    if hasattr(meeting, "skip"):
        return "skipped"
    if hasattr(meeting, "cancellation"):
        return cancelled(meeting.planned, meeting.cancellation.at).value
    if hasattr(meeting, "report") and hasattr(meeting.report, "answer") and meeting.report.answer.confirmed:
        return "self-reported"
    held = hasattr(meeting, "settlement") and meeting.settlement.outcome == "held"
    if not held and any(pause.covers(meeting.first_start) for pause in pauses):
        return "in pause"
    if hasattr(meeting, "settlement"):
        return str(meeting.settlement.outcome)
    return _DOORS[door(meeting.planned, clock.now())]
