"""What measures read: shared goals alone, as numbers and days, without a word of what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, Subquery

from throughline.goals.domain.facts import GoalFacts, Touched
from throughline.goals.domain.measure import Kind
from throughline.goals.domain.picture import Picture, read_picture
from throughline.goals.models import Closing, Goal, Milestone, Opening, Point
from throughline.goals.queries.measured import done_days


def goal_facts_of(relationship_id: UUID, at: datetime) -> list[GoalFacts]:
    """Those shared by then. Four queries, however many there are."""
    closings = Closing.objects.filter(goal=OuterRef("pk"), undone_at__isnull=True)
    rows = list(
        Goal.objects.filter(relationship_id=relationship_id, sharing__at__lte=at)
        .select_related("sharing")
        .annotate(
            end=Subquery(closings.values("end")[:1]),
            ended_at=Subquery(closings.values("at")[:1], output_field=DateTimeField()),
        )
        .order_by("pk")
    )
    if not rows:
        return []
    recorded = _recorded(relationship_id, at)
    steps = _steps([row.pk for row in rows])
    return [_facts(row, recorded, steps) for row in rows]


def _facts(
    row: Goal,
    recorded: Mapping[UUID, list[datetime]],
    steps: Mapping[UUID, list[tuple[date | None, date | None]]],
) -> GoalFacts:
    picture = read_picture(row.picture)
    return GoalFacts(
        id=row.pk,
        shared_at=row.sharing.at,
        owner_id=row.owner_id,
        kind=picture.kind,
        begun_on=row.begun_on,
        due=row.due,
        share=picture.share,
        level=_level(picture),
        weight=picture.weight,
        recorded=tuple(recorded.get(row.pk, ())),
        steps=tuple(steps.get(row.pk, ())) if picture.kind is Kind.MILESTONES else (),
        ended_at=row.ended_at,  # type: ignore[attr-defined]  # annotated
        end=row.end or "",  # type: ignore[attr-defined]
    )


def _level(picture: Picture) -> int | None:
    if picture.kind is not Kind.LEVELS:
        return None
    return round(picture.baseline if picture.value is None else picture.value)


def _recorded(relationship_id: UUID, at: datetime) -> dict[UUID, list[datetime]]:
    rows = Point.objects.filter(relationship_id=relationship_id, withdrawn_at__isnull=True, at__lte=at)
    found: dict[UUID, list[datetime]] = {}
    for goal_id, when in rows.order_by("at").values_list("goal_id", "at"):
        found.setdefault(goal_id, []).append(when)
    return found


def _steps(goal_ids: list[UUID]) -> dict[UUID, list[tuple[date | None, date | None]]]:
    done = done_days(goal_ids)
    rows = Milestone.objects.filter(goal_id__in=goal_ids, dropped_at__isnull=True).order_by("number")
    found: dict[UUID, list[tuple[date | None, date | None]]] = {}
    for key, goal_id, first_due in rows.values_list("pk", "goal_id", "first_due"):
        found.setdefault(goal_id, []).append((first_due, done.get(key)))
    return found


def touches_of(relationship_id: UUID, since: datetime, until: datetime) -> list[Touched]:
    """By time. Private goals leave none. Two queries."""
    span = {"relationship_id": relationship_id, "at__gte": since, "at__lte": until, "goal__sharing__isnull": False}
    opened = Opening.objects.filter(**span).values_list("at", "goal_id")
    recorded = Point.objects.filter(withdrawn_at__isnull=True, **span).values_list("at", "goal_id")
    found = [Touched(at, goal_id, False) for at, goal_id in opened]
    found += [Touched(at, goal_id, True) for at, goal_id in recorded]
    return sorted(found, key=lambda touch: (touch.at, touch.goal_id, touch.recorded))
