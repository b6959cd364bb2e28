"""A goal as a thing that other rooms point at, and what of goals waits for somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.goals.access import goal_for, seen_by
from throughline.goals.domain.pace import Standing
from throughline.goals.models import Agreed, Measure
from throughline.goals.queries.lines import GoalLine, going_goals_of
from throughline.relationships.things import CHOICES, Choice, OpenItem, Thing

if TYPE_CHECKING:
    from throughline.accounts.models import Person

KIND = "goals.goal"


def goal_thing(person: Person, goal_id: UUID) -> Thing:
    """Raises Http404 to whoever may not see it."""
    return _thing(goal_id, goal_for(person, goal_id).words["sentence"])


def open_items(person: Person, relationship_ids: Sequence[UUID]) -> Iterator[OpenItem]:
    """One's own goals whose date has passed, and levels that wait for one's yes. Two queries at most."""
    goals = going_goals_of(person, relationship_ids)
    awaited = _awaits_yes_of(person, [goal.id for goal in goals if goal.picture.waiting and not goal.private])
    for goal in goals:
        if goal.id in awaited:
            yield OpenItem(_thing(goal.id, goal.sentence), goal.relationship_id, _("Read five levels, and agree"))
        elif goal.owner_id == person.pk and goal.pace.standing is Standing.OVERDUE:
            act = _("Its date has passed: what fits now?")
            yield OpenItem(_thing(goal.id, goal.sentence), goal.relationship_id, act, _end_of_day(goal, person))


def choices(person: Person, relationship_id: UUID, words: str) -> list[Choice]:
    """Goals as things to be pointed at: whoever sees the place where one stands named sees no private one there, since
    find and find_in ask who reads. One query."""
    found = [line for line in going_goals_of(person, [relationship_id]) if words.casefold() in line.sentence.casefold()]
    return [Choice(_thing(line.id, line.sentence)) for line in found[: CHOICES + 1]]


def find_in(person: Person, relationship_id: UUID, ids: Sequence[UUID]) -> list[Thing]:
    rows = seen_by(person.pk).filter(relationship_id=relationship_id, pk__in=ids)
    return [_thing(row.pk, row.words["sentence"]) for row in rows]


def _awaits_yes_of(person: Person, goal_ids: list[UUID]) -> set[UUID]:
    """Those of these goals whose newest levels this person has not agreed to."""
    if not goal_ids:
        return set()
    newest = dict(Measure.objects.filter(goal_id__in=goal_ids).order_by("number").values_list("goal_id", "pk"))
    agreed = Agreed.objects.filter(person=person, measure_id__in=newest.values())
    done = set(agreed.values_list("measure_id", flat=True))
    return {goal_id for goal_id, measure_id in newest.items() if measure_id not in done}


def _end_of_day(goal: GoalLine, person: Person) -> datetime | None:
    if goal.due is None:
        return None
    return datetime.combine(goal.due, time.max, ZoneInfo(person.zone)).astimezone(UTC)


def _thing(goal_id: UUID, sentence: str) -> Thing:
    return Thing(KIND, goal_id, Truncator(sentence).chars(80), reverse("goals:goal", args=[goal_id]))
