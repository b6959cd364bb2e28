"""Taking in what a file holds: all of what was shown, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from throughline.foundation import clock
from throughline.goals.actions.measuring import measure_goal
from throughline.goals.actions.painting import locked, repaint
from throughline.goals.actions.writing import write_goal
from throughline.goals.domain.bringing import read_file
from throughline.goals.domain.ends import End
from throughline.goals.domain.filed import Happened, day_in, instant_in, read_history
from throughline.goals.domain.measure import LARGEST, Kind
from throughline.goals.models import Bringing, Closing, Correction, Goal, Milestone, Point
from throughline.goals.queries.bringing import Addition, Brought, Plan, plan_of
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
    begun = one.begun or min((point.said[0] for point in one.points), default=clock.today_in(by.zone))
    goal = write_goal(
        relationship=relationship, by=by, owner=by, sentence=one.sentence, why=one.about["why"][:2000],
        outcome=one.about["outcome"][:1000], due=one.due, begun_on=begun, private=True,
    )  # fmt: skip
    goal.first_due = one.first_due
    goal.save(update_fields=["first_due"])
    if one.kind is not Kind.NONE:
        measure_goal(goal=goal, by=by, kind=one.kind, content=one.measure)
    for number, (words, due, first) in enumerate(one.steps.values(), 1):
        Milestone.objects.create(
            goal=goal, relationship=relationship, number=number, words=words, due=due, first_due=first, by=by
        )
    said = {"owner": one.about["owner"][:100], "history": [row.to_plain() for row in _history(one)]}
    Bringing.objects.create(goal=goal, relationship=relationship, by=by, said=said)
    return locked(goal.pk)


def _history(one: Addition) -> Iterable[Happened]:
    return read_history(one.about["goal_history"])


def _add(one: Addition, goal: Goal, by: Person) -> None:
    measures, now = measures_of(goal), clock.now()
    holds = measures.in_force or measures.waiting
    levels = holds is not None and holds.kind is Kind.LEVELS
    steps = {(row.words, row.first_due): row.pk for row in Milestone.objects.filter(goal=goal)}
    made, finished = [], set()
    for brought in one.points:
        day, value, note, link = brought.said
        entry = {"value": value, "note": note or None, "link": link or None, **_who(brought)}
        step = steps.get((brought.step[0], brought.step[2])) if brought.step else None
        made.append(
            Point(
                goal=goal, relationship_id=goal.relationship_id, by=by, at=now, day=day,
                count=holds.count if holds else 0,
                measure_id=holds.id if holds and levels and value is not None else None,
                milestone_id=None if step in finished else step,
                corrections=len(brought.history),
                entry={name: said for name, said in entry.items() if said is not None},
            )
        )  # fmt: skip
        finished.add(step)
    if made:
        Point.objects.bulk_create(made, batch_size=500)
        Correction.objects.bulk_create(_corrections(made, one.points, by), batch_size=500)
        goal.last_at = now
    repaint(goal)
    end = one.about["ended"] if one.line is None else ""
    if end in {each.value for each in End}:
        reason = one.about["reason"][:1000]
        Closing.objects.create(goal=goal, relationship_id=goal.relationship_id, end=end, by=by, reason=reason)


def _who(brought: Brought) -> dict[str, str | None]:
    """Who recorded it, as the file says: they cannot be asked here, so the point is its bringer's."""
    return {"said_by": brought.by or None, "said_at": brought.at if instant_in(brought.at) else None}


def _corrections(made: Sequence[Point], points: Sequence[Brought], by: Person) -> Iterator[Correction]:
    for point, brought in zip(made, points, strict=True):
        for number, was in enumerate(brought.history, 1):
            before: dict[str, object] = {"day": was.day if day_in(was.day) else point.day.isoformat()}
            before |= {"said_by": was.by, "said_at": was.at, "note": was.note, "link": was.link}
            if (value := _value(was.value)) is not None:
                before["value"] = value
            kept = {name: said for name, said in before.items() if said != ""}
            yield Correction(point=point, relationship_id=point.relationship_id, number=number, by=by, before=kept)


def _value(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) <= LARGEST else None
