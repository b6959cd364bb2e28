"""Recording progress, correcting it with its history kept, and noting that a goal was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.goals.actions.painting import locked, repaint
from throughline.goals.domain.attainment import LEVELS
from throughline.goals.domain.lines import Taken, Unclear, UnclearLineError, read_line
from throughline.goals.domain.measure import Kind, Number
from throughline.goals.domain.picture import Step
from throughline.goals.models import Correction, Goal, Opening, Point
from throughline.goals.queries.evidence import is_here
from throughline.goals.queries.measured import Measured, Measures, measures_of, milestones_of, newest_observed

if TYPE_CHECKING:
    from throughline.accounts.models import Person

SLOT = 300  # seconds


class FutureDayError(ValueError):
    """A point is dated on a day that has not come yet."""


class MeanwhileCorrectedError(ValueError):
    """Somebody else has corrected the point since it was read."""


@dataclass(frozen=True)
class Evidence:
    """A page somewhere (an address), or a thing here (its kind and id)."""

    link: str = ""
    thing: tuple[str, UUID] | None = None

    def to_plain(self) -> dict[str, Any]:
        found: dict[str, Any] = {"link": self.link} if self.link else {}
        if self.thing:
            found["thing"] = [self.thing[0], str(self.thing[1])]
        return found


@transaction.atomic
def record_line(
    *,
    goal: Goal,
    by: Person,
    line: str,
    day: date | None = None,
    evidence: Evidence | None = None,
    beside: tuple[str, UUID] | None = None,
    once: UUID | None = None,
) -> Point:
    """Progress as somebody types it (domain/lines.py). day: today on the recorder's clock unless said.

    beside: the thing at which it was recorded, as (kind, id). once: made by the form, so that two sendings are one
    point. Raises UnclearLineError, FutureDayError, RelationshipEndedError, Http404 for evidence that is not here.
    """
    found = locked(goal.pk)
    if evidence and evidence.thing and not is_here(by, found.relationship_id, evidence.thing):
        raise Http404
    if made := _made(found, by, once):
        return made
    measures = measures_of(found)
    steps = milestones_of(found.pk)
    taken = _read(found, line, measures, [step for _key, step in steps])
    if taken.milestone is None:
        return _put(found, by, taken, measures.in_force, None, day, evidence, beside, once)
    milestone_id, step = steps[taken.milestone]
    if step.done_on is not None:
        return Point.objects.get(milestone_id=milestone_id, withdrawn_at__isnull=True)
    return _put(found, by, taken, measures.in_force, milestone_id, day, evidence, beside, once)


@transaction.atomic
def record_value(
    *,
    goal: Goal,
    by: Person,
    value: float | None = None,
    note: str = "",
    milestone_id: UUID | None = None,
    day: date | None = None,
    evidence: Evidence | None = None,
    once: UUID | None = None,
) -> Point:
    """The same for programs, which say what is what. Raises UnclearLineError, FutureDayError, Http404."""
    found = locked(goal.pk)
    if made := _made(found, by, once):
        return made
    measures = measures_of(found)
    _check(measures, value)
    if milestone_id is None and value is None and not note and not evidence:
        raise UnclearLineError(Unclear.EMPTY)
    if milestone_id is not None:
        steps = dict(milestones_of(found.pk))
        if milestone_id not in steps:
            raise Http404
        if steps[milestone_id].done_on is not None:
            return Point.objects.get(milestone_id=milestone_id, withdrawn_at__isnull=True)
    return _put(found, by, Taken(value, None, note), measures.in_force, milestone_id, day, evidence, None, once)


def _made(goal: Goal, by: Person, once: UUID | None) -> Point | None:
    return Point.objects.filter(pk=once, goal=goal, by=by).first() if once else None


def _read(goal: Goal, line: str, measures: Measures, steps: Sequence[Step]) -> Taken:
    holds = measures.in_force
    kind = holds.kind if holds else (measures.waiting.kind if measures.waiting else Kind.NONE)
    if holds is None:
        taken = read_line(line, kind)
    else:
        unit = holds.content.unit if isinstance(holds.content, Number) else ""
        last = newest_observed(goal, holds) if holds.kind is Kind.NUMBER and line.strip().startswith("+") else []
        start = holds.content.baseline if isinstance(holds.content, Number) else None
        taken = read_line(
            line,
            kind,
            unit=unit,
            last=last[-1].value if last else start,
            milestones=[step.words for step in steps],
            done={place for place, step in enumerate(steps) if step.done_on},
        )
    _check(measures, taken.value)
    return taken


def _check(measures: Measures, value: float | None) -> None:
    if value is None:
        return
    holds = measures.in_force
    if holds is None or holds.kind not in (Kind.NUMBER, Kind.LEVELS):
        raise UnclearLineError(Unclear.NOT_AGREED if measures.waiting else Unclear.NO_NUMBER, f"{value:g}")
    if holds.kind is Kind.LEVELS and value not in LEVELS:
        raise UnclearLineError(Unclear.NO_LEVEL, f"{value:g}")


def _put(
    goal: Goal,
    by: Person,
    taken: Taken,
    holds: Measured | None,
    milestone_id: UUID | None,
    day: date | None,
    evidence: Evidence | None,
    beside: tuple[str, UUID] | None,
    once: UUID | None,
) -> Point:
    taken_elsewhere = once is not None and Point.objects.filter(pk=once).exists()
    point = Point.objects.create(
        id=new_id() if once is None or taken_elsewhere else once,
        goal=goal,
        relationship_id=goal.relationship_id,
        by=by,
        day=_past(goal, by, day),
        count=holds.count if holds else 0,
        measure_id=holds.id if holds and holds.kind is Kind.LEVELS and taken.value is not None else None,
        milestone_id=milestone_id,
        entry=_entry(taken.value, taken.note, evidence),
        from_kind=beside[0] if beside else "",
        from_id=beside[1] if beside else None,
    )
    goal.last_at = point.at
    repaint(goal)
    return point


def _entry(value: float | None, note: str, evidence: Evidence | None) -> dict[str, Any]:
    entry: dict[str, Any] = dict(evidence.to_plain()) if evidence else {}
    if value is not None:
        entry["value"] = value
    if note:
        entry["note"] = note
    return entry


def _past(goal: Goal, by: Person, day: date | None) -> date:
    """Today where either of the two lives may be said. Raises FutureDayError."""
    today = clock.today_in(by.zone)
    latest = max(today, clock.today_in(goal.owner.zone)) if goal.owner else today
    if day is not None and day > latest:
        raise FutureDayError
    return day or today


@transaction.atomic
def correct_point(
    *,
    point: Point,
    by: Person,
    seen: int,
    value: float | None,
    note: str,
    day: date,
    evidence: Evidence | None = None,
) -> Point:
    """What it said before stays on record. seen: Point.corrections as it was read. The same again changes nothing.

    Raises MeanwhileCorrectedError, FutureDayError, UnclearLineError, RelationshipEndedError.
    """
    goal = locked(point.goal_id)
    found = Point.objects.get(pk=point.pk)
    entry = _entry(value, note, evidence)
    if (entry, day) == (found.entry, found.day):
        return found
    if found.corrections != seen or found.withdrawn_at is not None:
        raise MeanwhileCorrectedError
    if found.milestone_id is None:
        _check(measures_of(goal), value)
    keep_before(found, by)
    found.entry, found.day = entry, _past(goal, by, day)
    found.save(update_fields=["entry", "day", "corrections"])
    repaint(goal)
    return found


@transaction.atomic
def withdraw_point(*, point: Point, by: Person) -> None:
    """It no longer counts, and stays on record. Twice is once."""
    goal = locked(point.goal_id)
    found = Point.objects.get(pk=point.pk)
    if found.withdrawn_at is None:
        keep_before(found, by)
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at", "corrections"])
        rest = Point.objects.filter(goal=goal, withdrawn_at__isnull=True).order_by("-at")
        goal.last_at = rest.values_list("at", flat=True).first()
        repaint(goal)


def keep_before(point: Point, by: Person) -> None:
    """Before anything of it changes."""
    point.corrections += 1
    Correction.objects.create(
        point=point,
        relationship_id=point.relationship_id,
        number=point.corrections,
        by=by,
        before={**point.entry, "day": point.day.isoformat()},
    )


def note_opening(*, goal: Goal, by: Person) -> None:
    """Somebody looks at a shared goal. At most one row in five minutes; of two at once, one stays."""
    if not hasattr(goal, "sharing"):
        return
    now = clock.now()
    slot = int(now.timestamp()) // SLOT
    if Opening.objects.filter(goal=goal, person=by, slot=slot).exists():
        return
    try:
        with transaction.atomic():
            Opening.objects.create(goal=goal, relationship_id=goal.relationship_id, person=by, at=now, slot=slot)
    except IntegrityError:
        return
