"""All that one person may see of goals, to take along and bring back (domain/filed.py says how)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from throughline.accounts.queries import people_by_id
from throughline.goals.domain.filed import LEVEL_COLUMNS, Happened
from throughline.goals.domain.measure import Kind, Levels, Number, from_plain
from throughline.goals.models import (
    Agreed,
    Bringing,
    Closing,
    Correction,
    Goal,
    Measure,
    Milestone,
    NewDate,
    Point,
    Rewording,
)
from throughline.goals.queries.lines import GoalLine, goals_in

if TYPE_CHECKING:
    from throughline.accounts.models import Person

Plain = dict[str, Any]
Names = Mapping[UUID, str]


@dataclass
class _Rows:
    """Everything of one goal, each kind by time."""

    goal: Goal
    measures: list[Measure] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)
    steps: list[Milestone] = field(default_factory=list)
    dates: list[NewDate] = field(default_factory=list)
    words: list[Rewording] = field(default_factory=list)
    ends: list[Closing] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    brought: Plain = field(default_factory=dict)


def taken_along(person: Person, relationship_id: UUID) -> list[Plain]:
    """Every goal that this person may see here, as JSON can say it. A fixed number of queries."""
    lines = goals_in(person, relationship_id)
    found, corrections = _read([line.id for line in lines])
    names = _names(found.values(), corrections)
    return [_plain(line, found[line.id], corrections, names) for line in lines]


def _read(ids: list[UUID]) -> tuple[dict[UUID, _Rows], dict[UUID, list[Correction]]]:
    of = {"goal_id__in": ids}
    found = {row.pk: _Rows(row) for row in Goal.objects.filter(pk__in=ids)}
    for measure in Measure.objects.filter(**of).order_by("number"):
        found[measure.goal_id].measures.append(measure)
    for agreed in Agreed.objects.filter(measure__goal_id__in=ids).select_related("measure").order_by("at"):
        found[agreed.measure.goal_id].agreed.append(agreed)
    for step in Milestone.objects.filter(dropped_at__isnull=True, **of).order_by("number"):
        found[step.goal_id].steps.append(step)
    for date in NewDate.objects.filter(**of).select_related("milestone").order_by("at"):
        found[date.goal_id].dates.append(date)
    for words in Rewording.objects.filter(**of).order_by("at"):
        found[words.goal_id].words.append(words)
    for end in Closing.objects.filter(**of).order_by("at"):
        found[end.goal_id].ends.append(end)
    for point in Point.objects.filter(withdrawn_at__isnull=True, **of).order_by("day", "at", "pk"):
        found[point.goal_id].points.append(point)
    for brought in Bringing.objects.filter(**of):
        found[brought.goal_id].brought = brought.said
    corrections: dict[UUID, list[Correction]] = defaultdict(list)
    for kept in Correction.objects.filter(point__goal_id__in=ids).order_by("number"):
        corrections[kept.point_id].append(kept)
    return found, corrections


def _names(found: Any, corrections: Mapping[UUID, list[Correction]]) -> Names:
    wanted: set[UUID | None] = {kept.by_id for some in corrections.values() for kept in some}
    for rows in found:
        wanted |= {row.by_id for row in (*rows.measures, *rows.dates, *rows.words, *rows.ends, *rows.points)}
        wanted |= {row.undone_by_id for row in rows.ends} | {row.person_id for row in rows.agreed}
        wanted.add(rows.goal.owner_id)
    return {key: one.called for key, one in people_by_id([key for key in wanted if key]).items()}


def _plain(line: GoalLine, rows: _Rows, corrections: Mapping[UUID, list[Correction]], names: Names) -> Plain:
    end = next((row for row in rows.ends if row.undone_at is None), None)
    steps = {row.pk: row for row in rows.steps}
    return {
        "id": str(line.id),
        "sentence": line.sentence,
        "why": rows.goal.words.get("why", ""),
        "outcome": rows.goal.words.get("outcome", ""),
        "owner": str(line.owner_id) if line.owner_id else None,
        "owner_name": names.get(line.owner_id, "") if line.owner_id else "",
        "private": line.private,
        "begun_on": line.begun_on.isoformat(),
        "due": _iso(line.due),
        "first_due": _iso(line.first_due),
        **_measure(rows.measures[-1] if rows.measures else None),
        "milestones": [
            {"id": str(row.pk), "words": row.words, "due": _iso(row.due), "first_due": _iso(row.first_due)}
            for row in rows.steps
        ],
        "ended": end.end if end else None,
        "reason": end.reason if end else "",
        "history": [one.to_plain() for one in sorted(_happened(rows, names), key=lambda one: one.at)],
        "points": [_point(row, steps, corrections.get(row.pk, []), names) for row in rows.points],
    }


def _measure(row: Measure | None) -> Plain:
    """The newest one, agreed to or not."""
    kind = Kind(row.kind) if row else Kind.NONE
    content = from_plain(kind, row.content) if row else None
    found: Plain = {"measure": kind.value, "unit": "", "baseline": None, "target": None, "weight": None, "levels": None}
    if isinstance(content, Number):
        found |= {"unit": content.unit, "baseline": content.baseline, "target": content.target}
    if isinstance(content, Levels):
        levels = dict(zip(LEVEL_COLUMNS, content.words, strict=True))
        found |= {"baseline": content.baseline, "weight": content.weight, "levels": levels}
    return found


def _point(row: Point, steps: Mapping[UUID, Milestone], kept: list[Correction], names: Names) -> Plain:
    by = row.entry.get("said_by", names.get(row.by_id, ""))
    found: Plain = {"day": row.day.isoformat(), "recorded_at": row.entry.get("said_at", row.at.isoformat())}
    found |= {"by": str(row.by_id), "by_name": by}
    found |= {name: row.entry[name] for name in ("value", "note", "link") if name in row.entry}
    step = steps.get(row.milestone_id) if row.milestone_id else None
    if step is not None:
        found |= {"milestone": step.words, "milestone_id": str(step.pk)}
    if kept:
        found["history"] = [_before(one, names).to_plain() for one in kept]
    return found


def _before(kept: Correction, names: Names) -> Happened:
    plain = kept.before
    return Happened(
        by=plain.get("said_by", names.get(kept.by_id, "")), at=plain.get("said_at", kept.at.isoformat()),
        day=plain["day"], value=f"{plain['value']:.15g}" if plain.get("value") is not None else "",
        note=plain.get("note", ""), link=plain.get("link", ""),
    )  # fmt: skip


def _happened(rows: _Rows, names: Names) -> Iterator[Happened]:
    """What became of it here, after what a file said that it came from."""
    for said in rows.brought.get("history", ()):
        yield Happened(**said)

    def one(what: str, by: UUID | None, at: datetime, **more: str) -> Happened:
        return Happened(what, names.get(by, "") if by else "", at.isoformat(), **more)

    for date in rows.dates:
        about = date.milestone.words if date.milestone else ""
        before, after = _iso(date.before) or "", _iso(date.after) or ""
        yield one("date", date.by_id, date.at, before=before, after=after, about=about, reason=date.reason)
    for words in rows.words:
        yield one("words", words.by_id, words.at, before=words.before["sentence"])
    for measure in rows.measures[:-1]:
        yield one("measure", measure.by_id, measure.at, before=_said(measure))
    for agreed in rows.agreed:
        yield one("agreed", agreed.person_id, agreed.at)
    for end in rows.ends:
        yield one("end", end.by_id, end.at, after=end.end, reason=end.reason)
        if end.undone_at is not None:
            yield one("opened again", end.undone_by_id, end.undone_at)


def _said(row: Measure) -> str:
    content = from_plain(Kind(row.kind), row.content)
    if isinstance(content, Number):
        return f"{content.baseline:.15g} – {content.target:.15g} {content.unit}"  # noqa: RUF001
    return " / ".join(content.words) if isinstance(content, Levels) else ""


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
