"""The goals of a quarter, and all that one person may see of goals, to take along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
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


def taken_along(person: Person, relationship_id: UUID) -> list[dict[str, Any]]:
    """Every goal that this person may see here, with its points, as JSON can say it. Two queries."""
    lines = goals_in(person, relationship_id)
    points: dict[UUID, list[dict[str, Any]]] = {}
    for point in Point.objects.filter(goal_id__in=[line.id for line in lines], withdrawn_at__isnull=True).order_by(
        "day", "at"
    ):
        said = {"day": point.day.isoformat(), "recorded_at": point.at.isoformat(), "by": str(point.by_id)}
        kept = {key: point.entry[key] for key in ("value", "note", "link") if key in point.entry}
        step = {"milestone": str(point.milestone_id)} if point.milestone_id else {}
        points.setdefault(point.goal_id, []).append({**said, **kept, **step})
    return [_plain(line, points.get(line.id, [])) for line in lines]


def _plain(line: GoalLine, points: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "sentence": line.sentence,
        "owner": str(line.owner_id) if line.owner_id else None,
        "private": line.private,
        "begun_on": line.begun_on.isoformat(),
        "due": line.due.isoformat() if line.due else None,
        "first_due": line.first_due.isoformat() if line.first_due else None,
        "measure": line.picture.kind.value,
        "unit": line.picture.unit,
        "baseline": line.picture.baseline,
        "target": line.picture.target,
        "weight": line.picture.weight,
        "ended": line.end.value if line.end else None,
        "points": points,
    }
