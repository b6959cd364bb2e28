"""Where changed events go: into the accounts that a person connected, and by mail. Jobs do it, after the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from throughline.calendars.models import Source, SourceKind
from throughline.foundation.jobs.registry import enqueue

if TYPE_CHECKING:
    from throughline.calendars.models import Event, Run

KEEP_IN_STEP = "calendars.keep_in_step"


def event_changed(event: Event, *, new: bool) -> None:
    for source_id in Source.objects.filter(person_id=event.person_id, kind=SourceKind.ACCOUNT).values_list(
        "pk", flat=True
    ):
        enqueue(KEEP_IN_STEP, source_id=source_id)


def run_changed(run: Run, *, new: bool) -> None:
    """Accounts get each event by itself; a run is only said by mail."""
