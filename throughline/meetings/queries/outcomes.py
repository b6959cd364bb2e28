"""What became of meetings, for the measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, F, Min

from throughline.foundation.prepared import prepared
from throughline.meetings.domain.outcomes import MeetingOutcome, Outcome, Planned, cancelled
from throughline.meetings.models import Meeting, Move, Settlement
from throughline.relationships.queries import pauses_by_relationship

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from throughline.relationships.domain.states import Span


def outcomes_of(
    relationship_id: UUID, since: datetime, until: datetime, pauses: Sequence[Span] | None = None
) -> list[MeetingOutcome]:
    """What became of the meetings first agreed for [since, until), by that start; those not settled yet are left out,
    and so are those that another schedule replaced. Three queries; two when the accepted pauses are known already."""
    rows = _over(relationship_id, since, until)
    if pauses is None:
        pauses = pauses_by_relationship([relationship_id])[relationship_id]
    # The latest move first, so that of several the first one stays.
    moved = {meeting_id: before - at for meeting_id, before, at in _moves(relationship_id, since, until)}
    return [_outcome(row, pauses, moved) for row in rows]


_Row = tuple[Any, ...]


@prepared
def _over(relationship_id: UUID, since: datetime, until: datetime) -> QuerySet[Meeting, _Row]:
    return (
        _meetings(relationship_id, since, until)
        .exclude(settlement__isnull=True, cancellation__isnull=True)
        .annotate(elsewhere=Count("outside_joins"))
        .order_by("first_start")
        .values_list(
            "pk", "first_start", "start", "end",
            "settlement__outcome", "settlement__kept", "settlement__together", "settlement__started_at",
            "cancellation__at", "report__answer__confirmed", "elsewhere",
        )
    )  # fmt: skip


@prepared
def _moves(relationship_id: UUID, since: datetime, until: datetime) -> QuerySet[Move, tuple[UUID, datetime, datetime]]:
    meetings = _meetings(relationship_id, since, until)
    rows = Move.objects.filter(relationship_id=relationship_id, meeting__in=meetings).order_by("-at")
    rows = rows.exclude(after=F("meeting__first_start"))  # given its first time, or moved back to it
    return rows.values_list("meeting_id", "before", "at")


def _meetings(relationship_id: UUID, since: datetime, until: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        relationship_id=relationship_id, first_start__gte=since, first_start__lt=until, withdrawal__isnull=True
    )


@dataclass(frozen=True)
class Held:
    """How often a relationship has met, and when the first of these meetings ended (UTC)."""

    times: int
    first_until: datetime


def held_in(relationship_ids: Iterable[UUID]) -> dict[UUID, Held]:
    """Held meetings by relationship; those that never met are left out. One query."""
    rows = Settlement.objects.filter(
        meeting__relationship_id__in=list(relationship_ids), outcome=Outcome.HELD, ended_at__isnull=False
    )
    counted = rows.values("meeting__relationship_id").annotate(times=Count("pk"), first_until=Min("ended_at"))
    return {
        key: Held(times, first_until)
        for key, times, first_until in counted.order_by().values_list(
            "meeting__relationship_id", "times", "first_until"
        )
    }


def _outcome(row: _Row, pauses: Iterable[Span], moved: Mapping[UUID, timedelta]) -> MeetingOutcome:
    meeting_id, first_start, start, end, outcome, kept, together, started_at, called_off_at = row[:9]
    confirmed, elsewhere = row[9:]
    told = called_off_at is None and outcome != Outcome.HELD.value and (bool(confirmed) or elsewhere > 1)
    return MeetingOutcome(
        meeting_id=meeting_id,
        first_start=first_start,
        start=start,
        end=end,
        outcome=cancelled(Planned(first_start, start, end), called_off_at) if called_off_at else Outcome(outcome),
        due=not told and not any(pause.covers(first_start) for pause in pauses),
        kept=bool(kept),
        together=together or 0,
        started_at=started_at,
        moved_ahead=moved.get(meeting_id),
        self_reported=told and bool(confirmed),
    )
