"""What the others say to a request, and what follows once all of them have agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.meetings.actions.holding import hold_time_of
from throughline.meetings.actions.requests import CannotChangeError, ensure_room
from throughline.meetings.actions.telling import tell_of_request
from throughline.meetings.domain.changing import How
from throughline.meetings.kinds import ANSWERED
from throughline.meetings.models import ChangeAnswer, ChangeEnd, ChangeRequest, Meeting, Move, Reminder, Series, Skip
from throughline.meetings.signals import change_ended, occurrences_changed
from throughline.relationships.access import ensure_open
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def answer_move(*, request: ChangeRequest, by: Person, accepted: bool) -> ChangeEnd | None:
    """Say yes or no to what somebody else asked. How it has ended, by this answer or before it; None while others
    of a circle have not answered yet. A second answer changes nothing.

    One no closes it. An answer after the meeting began, or after the time that was asked for, comes too late: BEGAN.
    A time that is gone meanwhile: TAKEN. Raises CannotChangeError for the one who asked, RelationshipEndedError.
    """
    ensure_open(request.relationship_id)
    others = {member.person_id for member in members_of(request.relationship_id)} - {request.by_id}
    hold_time_of(others | {request.by_id})
    meeting = _locked(request.meeting_id)
    asked = ChangeRequest.objects.select_related("end", "by").get(pk=request.pk)
    if by.pk not in others:
        raise CannotChangeError(_("You asked for this yourself. The others answer it; you can take it back."))
    if not asked.open:
        return asked.end
    if _too_late(asked, meeting):
        return _close(asked, How.BEGAN, None)
    ChangeAnswer.objects.update_or_create(request=asked, person=by, defaults={"accepted": accepted, "at": clock.now()})
    if not accepted:
        return _close(asked, How.DECLINED, by)
    if others - set(asked.answers.filter(accepted=True).values_list("person_id", flat=True)):
        return None
    return _carried_out(asked, meeting, by)


@transaction.atomic
def close_late_request(*, request_id: UUID) -> None:
    """Nobody answered before the meeting began: it stands as it was."""
    found = ChangeRequest.objects.filter(pk=request_id).first()
    if found is None:
        return
    meeting = _locked(found.meeting_id)
    asked = ChangeRequest.objects.select_related("end", "by").get(pk=request_id)
    if asked.open and _too_late(asked, meeting):
        _close(asked, How.BEGAN, None)


def _locked(meeting_id: UUID) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("series", "relationship", "withdrawal")
    return rows.get(pk=meeting_id)


def _too_late(request: ChangeRequest, meeting: Meeting) -> bool:
    now = clock.now()
    return meeting.start <= now or (request.to is not None and request.to <= now)


def _close(request: ChangeRequest, how: How, by: Person | None) -> ChangeEnd:
    """The one who asked hears how it ended, unless nobody did anything: then the page says it."""
    end = ChangeEnd.objects.create(request=request, how=how, by=by)
    if by is not None:
        tell_of_request(ANSWERED, request, by)
    if how is not How.ACCEPTED:
        change_ended.send(ChangeRequest, meeting_id=request.meeting_id)
    return end


def _carried_out(request: ChangeRequest, meeting: Meeting, by: Person) -> ChangeEnd:
    if request.to is None:
        Skip.objects.create(meeting=meeting, request=request)
    else:
        try:
            ensure_room(meeting, request.to)
        except CannotChangeError:
            return _close(request, How.TAKEN, by)
        _move(request, meeting)
    meeting.sequence += 1
    meeting.save(update_fields=["start", "end", "first_start", "sequence"])
    Reminder.objects.filter(meeting=meeting).delete()
    end = _close(request, How.ACCEPTED, by)
    occurrences_changed.send(
        Series, relationship_id=meeting.relationship_id, series_id=meeting.series_id, meeting_ids=(meeting.pk,)
    )
    return end


def _move(request: ChangeRequest, meeting: Meeting) -> None:
    """first_start stays for ever; but a meeting that never had a time of its own is first agreed for this one."""
    assert request.to is not None
    Move.objects.create(
        meeting=meeting,
        relationship_id=meeting.relationship_id,
        by=request.by,
        at=request.at,
        before=meeting.start,
        after=request.to,
        reason=request.reason,
    )
    meeting.end = request.to + (meeting.end - meeting.start)
    meeting.start = request.to
    if hasattr(meeting, "withdrawal"):
        meeting.first_start = request.to
        meeting.withdrawal.delete()
