"""What a goal is measured by now, and the points and milestones that count for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from throughline.goals.domain.forecast import Observation
from throughline.goals.domain.measure import Kind, Levels, Number, from_plain
from throughline.goals.domain.picture import Step
from throughline.goals.models import Goal, Measure, Milestone, Point
from throughline.relationships.queries import members_of

NEWEST = 200


@dataclass(frozen=True)
class Measured:
    """One measure of a goal. agreed: who has agreed to its levels. agreed_at: since when all have; None until then."""

    id: UUID
    number: int
    kind: Kind
    count: int
    content: Number | Levels | None
    by_id: UUID
    at: datetime
    agreed: tuple[UUID, ...] = ()
    agreed_at: datetime | None = None


@dataclass(frozen=True)
class Measures:
    """in_force: what counts now. waiting: newer levels that not everybody has agreed to. earlier: the newest first."""

    in_force: Measured | None
    waiting: Measured | None
    earlier: tuple[Measured, ...]

    @property
    def kind_without(self) -> Kind:
        """What a goal is measured by while nothing is in force."""
        return Kind.NONE

    @property
    def next_number(self) -> int:
        return 1 + max((one.number for one in (*self.earlier, self.in_force, self.waiting) if one), default=0)


def measures_of(goal: Goal) -> Measures:
    """Three queries at most."""
    rows = list(Measure.objects.filter(goal=goal).prefetch_related("agreements").order_by("-number"))
    by_levels = any(row.kind == Kind.LEVELS for row in rows)
    members = {member.person_id for member in members_of(goal.relationship_id)} if by_levels else set()
    found = [_measured(row, members) for row in rows]
    holds = next((one for one in found if one.kind is not Kind.LEVELS or one.agreed_at), None)
    newest = found[0] if found else None
    waiting = newest if newest is not holds else None
    earlier = tuple(one for one in found if one is not holds and one is not waiting)
    return Measures(holds, waiting, earlier)


def _measured(row: Measure, members: set[UUID]) -> Measured:
    kind = Kind(row.kind)
    agreed = {each.person_id: each.at for each in row.agreements.all()} if kind is Kind.LEVELS else {}
    everybody = len(members) > 1 and members <= set(agreed)
    return Measured(
        id=row.pk,
        number=row.number,
        kind=kind,
        count=row.count,
        content=from_plain(kind, row.content),
        by_id=row.by_id,
        at=row.at,
        agreed=tuple(agreed),
        agreed_at=max(agreed.values()) if everybody else None,
    )


def newest_observed(goal: Goal, found: Measured) -> list[Observation]:
    """The values of the count in force, the newest two hundred, by day. Of levels, those of the agreed five alone."""
    rows = counted_points(goal.pk, found).order_by("-day", "-at", "-pk")[:NEWEST]
    return observed(list(rows)[::-1])


def counted_points(goal_id: UUID, found: Measured):  # type: ignore[no-untyped-def]  # a queryset of points
    rows = Point.objects.filter(goal_id=goal_id, withdrawn_at__isnull=True, count=found.count)
    return rows.filter(measure_id=found.id) if found.kind is Kind.LEVELS else rows


def observed(rows: Sequence[Point]) -> list[Observation]:
    """Those with a value; notes have none."""
    values = ((row, row.entry.get("value")) for row in rows)
    return [Observation(row.day, float(value), _who(row)) for row, value in values if value is not None]


def _who(row: Point) -> UUID | str:
    """Whose word it is: of a point from a file, that of whom the file names."""
    return row.entry.get("said_by") or row.by_id


def steps_of(goal_id: UUID) -> list[Step]:
    """The milestones that stand, in their order. Two queries."""
    return [step for _id, step in milestones_of(goal_id)]


def milestones_of(goal_id: UUID) -> list[tuple[UUID, Step]]:
    rows = Milestone.objects.filter(goal_id=goal_id, dropped_at__isnull=True).order_by("number")
    done = {row.milestone_id: row for row in _done([goal_id])}
    return [(row.pk, _step(row, done.get(row.pk))) for row in rows]


def _step(row: Milestone, done: Point | None) -> Step:
    return Step(row.number, row.words, row.due, row.first_due, done.day if done else None, _who(done) if done else None)


def done_days(goal_ids: Sequence[UUID]) -> dict[UUID, date]:
    """On which day each milestone was done; those that are open are left out. One query."""
    rows = _done(goal_ids).values_list("milestone_id", "day")
    return {milestone: day for milestone, day in rows if milestone}


def _done(goal_ids: Sequence[UUID]) -> QuerySet[Point]:
    return Point.objects.filter(goal_id__in=goal_ids, milestone__isnull=False, withdrawn_at__isnull=True)
