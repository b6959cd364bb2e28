"""What a relationship's rows say of its state, at any instant, and its pauses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Q

from throughline.foundation import clock
from throughline.foundation.prepared import prepared
from throughline.relationships.domain.states import Span, State, shortened, state_at
from throughline.relationships.models import Membership, Pause

if TYPE_CHECKING:
    from django.db.models import QuerySet


def state_of(relationship_id: UUID, at: datetime) -> State:
    return states_of([relationship_id], at)[relationship_id]


def states_of(ids: Iterable[UUID], at: datetime) -> dict[UUID, State]:
    """Two queries for any number of relationships."""
    wanted = list(ids)
    joined: dict[UUID, list[datetime]] = defaultdict(list)
    ended: dict[UUID, datetime | None] = {}
    for key, since, ended_at in _joined(wanted):
        joined[key].append(since)
        ended[key] = ended_at
    pauses = pauses_by_relationship(wanted)
    return {key: state_at(at, joined=joined[key], ended_at=ended.get(key), pauses=pauses[key]) for key in wanted}


def started_by_relationship(ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the second member joined, for those that have begun. One query."""
    joined: dict[UUID, list[datetime]] = defaultdict(list)
    for relationship_id, since, _ended_at in _joined(list(ids)):
        joined[relationship_id].append(since)
    return {relationship_id: instants[1] for relationship_id, instants in joined.items() if len(instants) > 1}


def pauses_of(relationship_id: UUID) -> list[Span]:
    """The pauses that every member accepted, as they were lived: shortened where somebody resumed early."""
    return pauses_by_relationship([relationship_id])[relationship_id]


def pauses_by_relationship(ids: Iterable[UUID]) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = {relationship_id: [] for relationship_id in ids}
    for relationship_id, starts_at, ends_at, closed_at in _accepted_pauses(list(found)):
        if lived := shortened(Span(starts_at, ends_at), closed_at):
            found[relationship_id].append(lived)
    return found


@prepared
def _joined(ids: Sequence[UUID]) -> QuerySet[Membership, tuple[UUID, datetime, datetime | None]]:
    rows = Membership.objects.filter(relationship_id__in=ids).order_by("since")
    return rows.values_list("relationship_id", "since", "relationship__ending__at")


@prepared
def _accepted_pauses(ids: Sequence[UUID]) -> QuerySet[Pause, tuple[UUID, datetime, datetime, datetime | None]]:
    return (
        Pause.objects.filter(relationship_id__in=ids)
        .annotate(
            yes=Count("acceptances", distinct=True),
            all=Count(
                "relationship__memberships",
                filter=Q(relationship__memberships__since__lte=F("proposed_at")),  # who joined later was not asked
                distinct=True,
            ),
        )
        .filter(yes__gte=F("all"))
        .values_list("relationship_id", "starts_at", "ends_at", "closing__at")
        .order_by("starts_at")
    )


def open_pause_of(relationship_id: UUID) -> Pause | None:
    """The pause that is proposed, agreed or running: closed by nobody and not over. At most one."""
    return (
        Pause.objects.filter(relationship_id=relationship_id, closing__isnull=True, ends_at__gt=clock.now())
        .select_related("by")
        .order_by("-proposed_at")
        .first()
    )


def accepted_by(pause: Pause) -> set[UUID]:
    """The people who have said yes to it."""
    return set(pause.acceptances.values_list("person_id", flat=True))
