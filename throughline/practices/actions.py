"""What one person does with a next step: answer it, or put it aside."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from throughline.foundation import clock
from throughline.practices.measures.video_share import ASKED_AGAIN
from throughline.practices.models import CameraAnswer, StepAside
from throughline.relationships.access import ensure_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.practices.domain.reasons import Reason
    from throughline.relationships.models import Relationship

LATER, WRONG = timedelta(days=7), timedelta(days=28)


@transaction.atomic
def answer_about_cameras(*, relationship: Relationship, by: Person, reason: Reason) -> None:
    """Keep the answer for its author alone, and begin the pair's count anew. Once in sixty days: a second click, or
    a second thought, changes the reason and not the day. Raises RelationshipEndedError."""
    ensure_open(relationship.pk)
    since = clock.now() - ASKED_AGAIN
    kept = CameraAnswer.objects.select_for_update().filter(relationship=relationship, person=by, at__gt=since).first()
    if kept is None:
        CameraAnswer.objects.create(relationship=relationship, person=by, reason=reason.value)
    elif kept.reason != reason.value:
        kept.reason = reason.value
        kept.save(update_fields=["reason"])


@transaction.atomic
def put_step_aside(*, relationship: Relationship, by: Person, practice_id: str, wrong: bool) -> None:
    """Not offered to this person for a week; for four where they say that it is wrong. The other is not told."""
    now = clock.now()
    StepAside.objects.update_or_create(
        relationship=relationship,
        person=by,
        practice=practice_id,
        until__gt=now,
        defaults={"at": now, "until": now + (WRONG if wrong else LATER), "wrong": wrong},
    )
