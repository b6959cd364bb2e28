"""What a conversation does by itself."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from throughline.foundation import clock
from throughline.foundation.jobs.registry import job, scheduled
from throughline.messaging.actions import forget_unsent_files, tell_of_waiting
from throughline.messaging.domain.limits import UNSENT_KEPT
from throughline.messaging.kinds import TELL_WAITING


@job(TELL_WAITING)
def tell_waiting(relationship_id: str, person_id: str) -> None:
    tell_of_waiting(relationship_id=UUID(relationship_id), person_id=UUID(person_id))


@scheduled("messaging.forget_unsent_files", every=timedelta(hours=6))
def forget_unsent() -> None:
    forget_unsent_files(clock.now() - UNSENT_KEPT)
