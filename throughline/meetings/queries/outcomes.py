"""What became of meetings, for the measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Min

from throughline.meetings.domain.outcomes import MeetingOutcome, Outcome, cancelled
from throughline.meetings.models import Cancellation, Meeting, Move, Settlement
from throughline.relationships.queries import pauses_by_relationship

if TYPE_CHECKING:
    from throughline.relationships.domain.states import Span


def outcomes_of(
    relationship_id: UUID, since: datetime, until: datetime, pauses: Sequence[Span] | None = None
) -> list[MeetingOutcome]:
    """What became of the meetings first agreed for [since, until), by that start; those not settled yet are left out,
    and so are those that another schedule replaced. Three queries; two when the accepted pauses are known already."""
    meetings = list(
        Meeting.objects.filter(
            relationship_id=relationship_id, first_start__gte=since, first_start__lt=until, withdrawal__isnull=True
        )
        .exclude(settlement__isnull=True, cancellation__isnull=True)
        .select_related("settlement", "cancellation")
        .order_by("first_start")
    )
    if pauses is None:
        pauses = pauses_by_relationship([relationship_id])[relationship_id]
    moved = _first_moves([meeting.pk for meeting in meetings])
    return [_outcome(meeting, pauses, moved.get(meeting.pk)) for meeting in meetings]


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
