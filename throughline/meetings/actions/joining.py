"""Going through a meeting's door, and being told that it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.calls.actions import open_call
from throughline.foundation import clock
from throughline.meetings.actions.telling import tell
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.kinds import SHIFT, SOON
from throughline.meetings.models import Meeting, Reminder, ShiftWarning
from throughline.meetings.queries import still_standing
from throughline.relationships.queries import pauses_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.calls.models import Call
    from throughline.relationships.models import Relationship


class CannotJoinError(Exception):
    """Says to a person why the door is shut."""


def join_meeting(*, meeting: Meeting, relationship: Relationship, by: Person) -> Call:
    """The call of this meeting, opened by whoever comes first. Raises CannotJoinError outside its hours, and what
    opening a call raises."""
    if not still_standing(Meeting.objects.filter(pk=meeting.pk)).exists():
        raise CannotJoinError(_("This meeting is off. You can start a quick call from your relationship's page."))
    where = door(meeting.planned, clock.now())
    if where is Door.EARLY:
        raise CannotJoinError(_("You can join from ten minutes before the start. Until then, a quick call works."))
    if where is Door.SHUT:
        raise CannotJoinError(_("This meeting is over. You can start a quick call at any time."))
    return open_call(relationship=relationship, by=by, occasion=meeting.occasion)


@transaction.atomic
def tell_of_shift(*, meeting_id: UUID) -> None:
    """Mail both that its hour shifts for one of them, once."""
    meeting = still_standing(Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id)).first()
    if meeting is None:
        return
    _warning, made = ShiftWarning.objects.get_or_create(meeting=meeting)
    if made:
        tell(SHIFT, meeting)


@transaction.atomic
def remind_of_meeting(*, meeting_id: UUID) -> None:
    """Mail both that it is about to begin, once. Not in a pause, in which nobody is expected."""
    meeting = still_standing(Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id)).first()
    if meeting is None or any(pause.covers(meeting.start) for pause in pauses_of(meeting.relationship_id)):
        return
    _reminder, made = Reminder.objects.get_or_create(meeting=meeting)
    if made:
        tell(SOON, meeting)
