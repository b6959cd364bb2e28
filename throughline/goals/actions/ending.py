"""Reached, let go, split in smaller ones; and opened again when that was a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from throughline.foundation import clock
from throughline.goals.access import ensure_decides
from throughline.goals.actions.painting import locked
from throughline.goals.actions.writing import write_goal
from throughline.goals.domain.ends import End
from throughline.goals.models import Closing, Goal, Sharing

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def reach_goal(*, goal: Goal, by: Person) -> Closing:
    """Reached, as its owner says. Twice is once; what was let go before stays so."""
    return _close(_decided(goal, by), by, End.REACHED, "")


@transaction.atomic
def drop_goal(*, goal: Goal, by: Person, reason: str) -> Closing:
    """Let go, with a reason that whoever sees the goal reads."""
    return _close(_decided(goal, by), by, End.DROPPED, reason)


@transaction.atomic
def split_goal(*, goal: Goal, by: Person, parts: Sequence[tuple[str, date | None]]) -> list[Goal]:
    """Smaller goals take its place, each with its date; as private as it is. Twice gives what was made the first time.

    Raises ValueError for fewer than two parts.
    """
    if len(parts) < 2:
        raise ValueError("a split needs two parts")
    found = _decided(goal, by)
    if Closing.objects.filter(goal=found, undone_at__isnull=True).exists():
        return list(Goal.objects.filter(split_from=found).order_by("pk"))
    _close(found, by, End.SPLIT, "")
    private = not Sharing.objects.filter(goal=found).exists()
    return [
        write_goal(
            relationship=found.relationship,
            by=by,
            sentence=sentence,
            why=found.words["why"],
            owner=found.owner,
            due=due,
            private=private,
            split_from=found,
        )
        for sentence, due in parts
    ]


@transaction.atomic
def reopen_goal(*, goal: Goal, by: Person) -> Goal:
    """It goes on. What was said of its end stays on record."""
    found = _decided(goal, by)
    for closing in Closing.objects.filter(goal=found, undone_at__isnull=True):
        closing.undone_at, closing.undone_by = clock.now(), by
        closing.save(update_fields=["undone_at", "undone_by"])
    return found


def _decided(goal: Goal, by: Person) -> Goal:
    found = locked(goal.pk)
    ensure_decides(by, found)
    return found


def _close(goal: Goal, by: Person, end: End, reason: str) -> Closing:
    closing, _is_new = Closing.objects.get_or_create(
        goal=goal,
        undone_at=None,
        defaults={"relationship_id": goal.relationship_id, "end": end.value, "by": by, "reason": reason},
    )
    return closing
