"""Who outside may see something, and each time they looked. Called by the room that holds the pair's consent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.foundation import clock
from throughline.relationships.domain.roles import Sight
from throughline.relationships.models import Look, Oversight

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def grant_oversight(*, relationship_id: UUID, person_id: UUID, may_see: Sight, by: Person, ground: str) -> Oversight:
    """`ground` names the thing it rests on, as kind and id ("programs.enrolment:<id>"); by it, it is withdrawn.

    Twice is once.
    """
    row, _is_new = Oversight.objects.get_or_create(
        relationship_id=relationship_id, person_id=person_id, may_see=may_see.value, ground=ground, defaults={"by": by}
    )
    return row


@transaction.atomic
def withdraw_oversight(*, ground: str) -> None:
    """Everything that rested on this ground. The looks that were taken stay for the pair to see."""
    Oversight.objects.filter(ground=ground).delete()


@transaction.atomic
def record_looks(*, relationship_ids: Iterable[UUID], by: Person, what: Sight) -> None:
    """Somebody who takes no part looked at these. The first time each day (UTC) is written down. One query."""
    now = clock.now()
    Look.objects.bulk_create(
        [
            Look(relationship_id=relationship_id, person=by, what=what.value, day=now.date(), at=now)
            for relationship_id in relationship_ids
        ],
        ignore_conflicts=True,
    )
