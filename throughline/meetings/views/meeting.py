"""One meeting, and its door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from throughline.accounts.access import PersonRequest
from throughline.calls.actions import CallRefusedError
from throughline.commitments.queries import commitments_from
from throughline.foundation.ids import new_id
from throughline.goals.queries import stalest_goals
from throughline.meetings.access import meeting_for
from throughline.meetings.actions import CannotJoinError, join_meeting
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.queries import agenda_of, agreed_for, changes_of, line_of, notes_of, outside_room_of
from throughline.relationships.access import is_open, relationship_for
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.meetings.models import Meeting


@login_required
@require_GET
def meeting(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    return meeting_page(request, meeting_for(request.user, meeting_id))


def meeting_page(request: PersonRequest, found: Meeting, status: int = 200, **forms: Any) -> HttpResponse:
    """forms: what was sent with a mistake, by the name that the template knows it by."""
    line, agreed = line_of(request.user, found), None
    members = members_of(found.relationship_id)
    if not line.withdrawn:
        agreed = agreed_for(request.user.pk, members, found.relationship_id, found.start, found.pk)
    context = {"line": line, "agreed": agreed, "mode": found.relationship.mode, **_goal_talk(request, found)}
    context |= to_talk_about(request.user, found) | {"changes": changes_of(found, members)}
    context["outside"] = outside_room_of(found.relationship_id)
    context |= {"members": members, "taken_on": commitments_from((KIND, found.pk), found.relationship_id), **forms}
    return render(request, "meetings/meeting.html", context, status=status)


def to_talk_about(reader: Person, found: Meeting) -> dict[str, Any]:
    """What the agenda and the notes show; suggestions while the meeting is not over and stands."""
    open_ = is_open(found.relationship_id)
    coming = not any(hasattr(found, state) for state in ("settlement", "cancellation", "withdrawal", "skip"))
    return {
        "agenda": agenda_of(reader, found, suggest=open_ and coming),
        "written": notes_of(found),
        "meeting_id": found.pk,
        "open": open_,
        "once": new_id(),
    }


def _goal_talk(request: PersonRequest, found: Meeting) -> dict[str, Any]:
    """The two goals that nothing was said of for longest, each with its line to record."""
    return {
        "stalest": stalest_goals(request.user, found.relationship_id),
        "onces": [new_id(), new_id()],
        "back": request.path,
        "beside": f"{KIND}:{found.pk}",
    }


@login_required
@require_POST
def join(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    found = meeting_for(request.user, meeting_id)
    relationship = relationship_for(request.user, found.relationship_id)
    try:
        call = join_meeting(meeting=found, relationship=relationship, by=request.user)
    except (CannotJoinError, CallRefusedError) as refusal:
        messages.error(request, str(refusal))
        return redirect("meetings:meeting", found.pk)
    return redirect("calls:call", call.pk)
