"""What is said of changed events: invitations and updates by mail, to whoever wants them.

A run is one invitation for all of its events; of an event in it only what differs from the rule is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from throughline.calendars.kinds import CHANGED, INVITED, OFF
from throughline.calendars.models import Event, MailStop, Run
from throughline.foundation import clock
from throughline.notices.actions import notify

if TYPE_CHECKING:
    from uuid import UUID


def event_changed(event: Event, *, new: bool, said: bool = False) -> None:
    """said: the person's calendar was told of it by itself before, so that it must hear of this too."""
    run = event.run
    if event.end <= clock.now() or not _wants_mail(event.person_id):
        return
    if run is not None and event.cancelled_at is None and event.start == event.recurrence and not said:
        return  # the rule says it
    if event.cancelled_at is not None and (new or (run is not None and run.ended_at is not None)):
        return  # the end of the run says it
    kind = OFF if event.cancelled_at else CHANGED
    notify(
        kind=kind,
        recipient=event.person,
        address=event.path,
        relationship_id=event.relationship_id,
        event_id=event.pk,
        sequence=event.sequence,
    )


def run_changed(run: Run, *, new: bool) -> None:
    if _wants_mail(run.person_id):
        notify(
            kind=INVITED,
            recipient=run.person,
            address=run.path,
            relationship_id=run.relationship_id,
            run_id=run.pk,
            sequence=run.sequence,
        )


def _wants_mail(person_id: UUID) -> bool:
    return not MailStop.objects.filter(person_id=person_id).exists()
