"""Taking in what a file holds: all of what was shown, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from throughline.foundation import clock
from throughline.goals.actions.measuring import measure_goal
from throughline.goals.actions.painting import locked, repaint
from throughline.goals.actions.writing import write_goal
from throughline.goals.domain.bringing import read_file
from throughline.goals.domain.measure import Kind
from throughline.goals.models import Goal, Point
from throughline.goals.queries.bringing import Addition, Plan, plan_of
from throughline.goals.queries.measured import measures_of
from throughline.relationships.access import ensure_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


@transaction.atomic
def bring_in(*, relationship: Relationship, by: Person, text: str) -> Plan:
    """Adds what plan_of says at this moment, and returns it. Twice adds nothing the second time.

    Raises NotReadableError, RelationshipEndedError.
    """
    ensure_open(relationship.pk)
    type(relationship).objects.select_for_update().get(pk=relationship.pk)  # two at once take their turns
    plan = plan_of(by, relationship.pk, read_file(text))
    for one in plan.additions:
        _add(one, _written(one, relationship, by), by)
    return plan


def _written(one: Addition, relationship: Relationship, by: Person) -> Goal:
    if one.line is not None:
        return locked(one.line.id)
    today = clock.today_in(by.zone)
    begun = min((said[0] for said in one.points), default=today)
    goal = write_goal(
        relationship=relationship, by=by, owner=by, sentence=one.sentence, due=one.due, begun_on=begun, private=True
    )
    if one.number is not None:
        measure_goal(goal=goal, by=by, kind=Kind.NUMBER, content=one.number)
    return locked(goal.pk)


def _add(one: Addition, goal: Goal, by: Person) -> None:
    holds, now = measures_of(goal).in_force, clock.now()
    levels = holds is not None and holds.kind is Kind.LEVELS
    made = []
    for day, value, note, link in one.points:
        entry = {"value": value, "note": note or None, "link": link or None}
        made.append(
            Point(
                goal=goal, relationship_id=goal.relationship_id, by=by, at=now, day=day,
                count=holds.count if holds else 0,
                measure_id=holds.id if holds and levels and value is not None else None,
                entry={name: said for name, said in entry.items() if said is not None},
            )
        )  # fmt: skip
    if made:
        Point.objects.bulk_create(made, batch_size=500)
        goal.last_at = now
        repaint(goal)
