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
from throughline.foundation.ids import new_id
from throughline.goals.queries import stalest_goals
from throughline.meetings.access import meeting_for
from throughline.meetings.actions import CannotJoinError, join_meeting
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.queries import agreed_for, changes_of, line_of
from throughline.relationships.access import relationship_for
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.meetings.models import Meeting


@login_required
@require_GET
def meeting(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    found = meeting_for(request.user, meeting_id)
    line, agreed = line_of(request.user, found), None
    members = members_of(found.relationship_id)
    if line.outcome is None and not line.withdrawn:
        agreed = agreed_for(request.user.pk, members, found.relationship_id, found.start)
    context = {"line": line, "agreed": agreed, "mode": found.relationship.mode, **_goal_talk(request, found)}
    context["changes"] = changes_of(found, members)
    return render(request, "meetings/meeting.html", context)


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
