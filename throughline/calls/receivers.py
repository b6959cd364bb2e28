"""What happens below that ends a call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from throughline.calls.actions import close_calls_in
from throughline.relationships.signals import relationship_ended


@receiver(relationship_ended)
def close_calls(sender: object, *, relationship_id: UUID, **_: Any) -> None:
    close_calls_in(relationship_id=relationship_id)
