"""Saying by what a goal is measured: a number, milestones, or five levels that all agree to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from throughline.foundation import clock
from throughline.goals.actions.painting import locked, repaint
from throughline.goals.domain.measure import Kind, Levels, Number, same_unit, to_plain
from throughline.goals.models import Agreed, Goal, Measure, Milestone, NewDate, Point
from throughline.goals.queries.measured import Measured, measures_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person


class UnitChangedError(ValueError):
    """Points were counted in another unit: somebody has to say whether they count on. unit: the one they were in."""

    def __init__(self, unit: str) -> None:
        super().__init__("the unit changes")
        self.unit = unit


class NothingToAgreeError(ValueError):
    """The levels were written anew meanwhile: what was read is no longer what would be agreed to."""


@transaction.atomic
def measure_goal(
    *, goal: Goal, by: Person, kind: Kind, content: Number | Levels | None, new_count: bool | None = None
) -> None:
    """From now on the goal is measured so. The same again changes nothing.

    new_count: whether a changed unit begins a new count, in which earlier points are only to be read (True), or is
    another name for the same thing (False). Raises UnitChangedError where that has to be said and was not.
    Whoever writes five levels agrees to them; they are in force once everybody has. Raises RelationshipEndedError.
    """
    found = locked(goal.pk)
    measures = measures_of(found)
    newest = measures.waiting or measures.in_force
    if newest and (newest.kind, newest.content) == (kind, content):
        return
    measure = Measure.objects.create(
        goal=found,
        relationship_id=found.relationship_id,
        number=measures.next_number,
        kind=kind.value,
        count=_count(found, measures.in_force, kind, content, new_count),
        content=to_plain(content),
        by=by,
    )
    if kind is Kind.LEVELS:
        Agreed.objects.create(measure=measure, relationship_id=found.relationship_id, person=by)
    repaint(found)


def _count(
    goal: Goal, holds: Measured | None, kind: Kind, content: Number | Levels | None, new_count: bool | None
) -> int:
    if holds is None:
        return 1
    if kind is not holds.kind:
        return holds.count + 1
    if not (isinstance(content, Number) and isinstance(holds.content, Number)) or _same(content, holds.content):
        return holds.count
    counted = Point.objects.filter(goal=goal, count=holds.count, withdrawn_at__isnull=True)
    if new_count is None and any(row.entry.get("value") is not None for row in counted[:50]):
        raise UnitChangedError(holds.content.unit)
    return holds.count + 1 if new_count else holds.count


def _same(one: Number, other: Number) -> bool:
    return one.unit == other.unit or same_unit(one.unit, other.unit)


@transaction.atomic
def measure_by_milestones(*, goal: Goal, by: Person, steps: Sequence[tuple[str, date | None]]) -> None:
    """The goal is measured by its milestones, and these are added to them."""
    measure_goal(goal=goal, by=by, kind=Kind.MILESTONES, content=None)
    for words, due in steps:
        add_milestone(goal=goal, by=by, words=words, due=due)


@transaction.atomic
def agree_to_levels(*, goal: Goal, by: Person, number: int) -> None:
    """number: of the measure that this person has read. Twice is once. Raises NothingToAgreeError."""
    found = locked(goal.pk)
    measures = measures_of(found)
    shown = measures.waiting or measures.in_force
    if shown is None or shown.kind is not Kind.LEVELS or shown.number != number:
        raise NothingToAgreeError
    Agreed.objects.get_or_create(measure_id=shown.id, person=by, defaults={"relationship_id": found.relationship_id})
    repaint(found)


@transaction.atomic
def add_milestone(*, goal: Goal, by: Person, words: str, due: date | None) -> Milestone:
    """At the end of the list. The same words, still open, are the same milestone."""
    found = locked(goal.pk)
    rows = Milestone.objects.filter(goal=found).order_by("number")
    for row in rows:
        if row.dropped_at is None and row.words == words and row.due == due:
            return row
    number = 1 + max((row.number for row in rows), default=0)
    made = Milestone.objects.create(
        goal=found, relationship_id=found.relationship_id, number=number, words=words, due=due, first_due=due, by=by
    )
    repaint(found)
    return made


@transaction.atomic
def drop_milestone(*, milestone: Milestone, by: Person) -> None:
    """It is no longer needed. One that is done stays."""
    goal = locked(milestone.goal_id)
    found = Milestone.objects.get(pk=milestone.pk)
    if found.dropped_at is None and not found.points.filter(withdrawn_at__isnull=True).exists():
        found.dropped_at, found.dropped_by = clock.now(), by
        found.save(update_fields=["dropped_at", "dropped_by"])
        repaint(goal)


def moved(goal: Goal, milestone: Milestone, by: Person, due: date | None, reason: str) -> None:
    """A new date for a milestone whose goal's row is locked. The first one stays."""
    NewDate.objects.create(
        goal=goal, milestone=milestone, relationship_id=goal.relationship_id, by=by,
        before=milestone.due, after=due, reason=reason,
    )  # fmt: skip
    milestone.due = due
    milestone.first_due = milestone.first_due or due
    milestone.save(update_fields=["due", "first_due"])
    repaint(goal)
