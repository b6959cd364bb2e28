"""The goals of a quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.goals.domain.attainment import Attained, t_score
from throughline.goals.domain.measure import Kind
from throughline.goals.domain.quarters import Quarter
from throughline.goals.models import Point
from throughline.goals.queries.lines import GoalLine, goals_in

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@dataclass(frozen=True)
class Reviewed:
    """One shared goal in a quarter. recorded: how many points lie in it. notes: its newest words, at most three."""

    line: GoalLine
    recorded: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """score: the goal attainment score of those with levels, as it is now."""

    quarter: Quarter
    goals: tuple[Reviewed, ...]
    score: float | None


def review_of(person: Person, relationship_id: UUID, quarter: Quarter) -> Review:
    """Shared goals that went on during some of it. Two queries."""
    lines = [
        line
        for line in goals_in(person, relationship_id)
        if not line.private
        and line.begun_on <= quarter.last
        and (line.ended_at is None or line.ended_at.date() >= quarter.first)
    ]
    points: dict[UUID, list[Point]] = {}
    span = {"day__gte": quarter.first, "day__lte": quarter.last, "withdrawn_at__isnull": True}
    for point in Point.objects.filter(goal_id__in=[line.id for line in lines], **span).order_by("-day", "-at"):
        points.setdefault(point.goal_id, []).append(point)
    levels = [line.picture for line in lines if line.picture.kind is Kind.LEVELS and line.picture.value is not None]
    return Review(
        quarter,
        tuple(Reviewed(line, len(points.get(line.id, ())), _notes(points.get(line.id, ()))) for line in lines),
        t_score([Attained(round(one.value or 0), one.weight) for one in levels]),
    )


def _notes(points: Sequence[Point]) -> tuple[str, ...]:
    found = (str(point.entry.get("note", "")) for point in points[:20])
    return tuple(note for note in found if note)[:3]
