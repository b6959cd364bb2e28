"""What a conversation does by itself."""

from __future__ import annotations

from uuid import UUID

from throughline.foundation.jobs.registry import job
from throughline.messaging.actions import tell_of_waiting
from throughline.messaging.kinds import TELL_WAITING


@job(TELL_WAITING)
def tell_waiting(relationship_id: str, person_id: str) -> None:
    tell_of_waiting(relationship_id=UUID(relationship_id), person_id=UUID(person_id))
