"""Calling a meeting off. Whether that was early or late follows from when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.meetings.actions.requests import CannotChangeError, overtake
from throughline.meetings.actions.telling import tell
from throughline.meetings.kinds import CALLED_OFF
from throughline.meetings.models import Cancellation, Meeting, Series
from throughline.meetings.queries import still_standing
from throughline.meetings.signals import occurrences_changed
from throughline.relationships.access import ensure_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Person, reason: str) -> Cancellation:
    """Nobody is expected any more, and the others are told why. Twice is once; the first reason stays.

    Raises CannotChangeError once it has begun, or when it is off already; RelationshipEndedError.
    """
    ensure_open(meeting.relationship_id)
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("cancellation", "settlement")
    found = rows.get(pk=meeting.pk)
    if hasattr(found, "cancellation"):
        return found.cancellation
    if hasattr(found, "settlement") or found.start <= clock.now():
        raise CannotChangeError(_("This meeting has begun or is over. What became of it follows from what happened."))
    if not still_standing(Meeting.objects.filter(pk=found.pk)).exists():
        raise CannotChangeError(_("This meeting is off already."))
    made = Cancellation.objects.create(
        meeting=found, relationship_id=found.relationship_id, by=by, at=clock.now(), reason=reason
    )
    overtake(found)
    Meeting.objects.filter(pk=found.pk).update(sequence=found.sequence + 1)
    tell(CALLED_OFF, found, by)
    occurrences_changed.send(
        Series, relationship_id=found.relationship_id, series_id=found.series_id, meeting_ids=(found.pk,)
    )
    return made
