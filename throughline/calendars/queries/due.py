"""Which calendars are to be read again."""

from __future__ import annotations

from uuid import UUID

from throughline.calendars.models import Source
from throughline.foundation import clock

AT_ONCE = 200


def sources_to_read() -> list[UUID]:
    """The longest overdue first."""
    rows = Source.objects.filter(next_at__lte=clock.now(), person__is_active=True).order_by("next_at")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def kind_of(source_id: UUID) -> str:
    """ "" when it is gone."""
    return Source.objects.filter(pk=source_id).values_list("kind", flat=True).first() or ""
