"""Being asked about a goal by mail: only who wants to be, while it is quiet, at most once a week, and no third time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from throughline.foundation import clock
from throughline.goals.access import ensure_decides
from throughline.goals.actions.painting import locked
from throughline.goals.kinds import ASK
from throughline.goals.models import Asking, Closing, Goal
from throughline.notices.actions import notify
from throughline.relationships.access import is_member
from throughline.relationships.domain.states import State
from throughline.relationships.queries import states_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person

WEEK = timedelta(days=7)
MOST_IGNORED = 2


@transaction.atomic
def be_asked(*, goal: Goal, by: Person) -> None:
    """From now on, by mail. Twice is once. Raises NotTheOwnerError."""
    found = locked(goal.pk)
    ensure_decides(by, found)
    Asking.objects.get_or_create(
        goal=found, person=by, stopped_at=None, defaults={"relationship_id": found.relationship_id}
    )


@transaction.atomic
def be_asked_no_more(*, goal_id: UUID, person_id: UUID) -> None:
    Asking.objects.filter(goal_id=goal_id, person_id=person_id, stopped_at=None).update(stopped_at=clock.now())


def ask_who_wants() -> int:
    """Mails whoever is to be asked now; how many. Again within the week it mails nobody."""
    due: dict[tuple[UUID, UUID], list[UUID]] = {}
    for key, person_id, relationship_id in _quiet().values_list("pk", "person_id", "relationship_id"):
        due.setdefault((person_id, relationship_id), []).append(key)
    states = states_of({relationship_id for _person, relationship_id in due}, clock.now()) if due else {}
    return sum(_ask_one(keys) for (_, relationship_id), keys in due.items() if states[relationship_id] is State.ACTIVE)


def _quiet() -> QuerySet[Asking]:
    """Of goals that go on and of which nothing was recorded for a week, since anybody was asked about them too."""
    week = clock.now() - WEEK
    closings = Closing.objects.filter(goal=OuterRef("goal"), undone_at__isnull=True)
    this_week = Asking.objects.filter(
        person=OuterRef("person"), relationship=OuterRef("relationship"), asked_at__gt=week
    )
    rows = Asking.objects.filter(~Exists(closings), ~Exists(this_week), stopped_at=None, at__lte=week)
    quiet = Q(goal__last_at=None) | Q(goal__last_at__lte=week)
    return rows.filter(quiet)


@transaction.atomic
def _ask_one(keys: Iterable[UUID]) -> int:
    """About one of a person's goals in one relationship: which was asked about longest ago, then the quietest."""
    locked_rows = Asking.objects.select_for_update(of=("self",)).select_related("goal", "person")
    rows = list(locked_rows.filter(pk__in=list(keys)))
    still = set(_quiet().filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    for row in sorted(rows, key=_turn):
        if row.pk not in still or not is_member(row.person_id, row.relationship_id):
            continue
        answered = row.asked_at is None or (row.goal.last_at is not None and row.goal.last_at > row.asked_at)
        row.ignored = 0 if answered else row.ignored + 1
        if row.ignored >= MOST_IGNORED:
            row.stopped_at = clock.now()
            row.save(update_fields=["ignored", "stopped_at"])
            continue
        row.asked_at = clock.now()
        row.save(update_fields=["ignored", "asked_at"])
        notify(
            kind=ASK, recipient=row.person, thing=("goals.goal", row.goal_id), address=f"/goals/{row.goal_id}/",
            relationship_id=row.relationship_id, goal_id=row.goal_id,
        )  # fmt: skip
        return 1
    return 0


def _turn(row: Asking) -> tuple[bool, datetime, bool, datetime]:
    return row.asked_at is not None, row.asked_at or row.at, row.goal.last_at is not None, row.goal.last_at or row.at
