"""A pair's series, one of its meetings, and its door."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from throughline.accounts.access import PersonRequest
from throughline.calls.actions import CallRefusedError
from throughline.foundation.ids import new_id
from throughline.goals.queries import stalest_goals
from throughline.meetings.access import meeting_for
from throughline.meetings.actions import CannotJoinError, join_meeting
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.queries import agreed_for, calendar_of, line_of, slots_of
from throughline.relationships.access import relationship_for
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.meetings.models import Meeting


@login_required
@require_GET
def series(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    before = _instant(request.GET.get("before", ""))
    calendar = calendar_of(request.user, relationship.pk, before)
    next_one = calendar.following
    agreed = next_one and agreed_for(request.user.pk, calendar.members, relationship.pk, next_one.planned.start)
    context = {"relationship": relationship, "calendar": calendar, "before": before, "agreed": agreed}
    return render(request, "meetings/series.html", context)


@login_required
@require_GET
def slots(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """Times that would suit everybody; choosing one fills in the schedule of the agreement, to be saved there."""
    relationship = relationship_for(request.user, relationship_id)
    minutes = 25 if request.GET.get("minutes") == "25" else 50
    found = slots_of(request.user, relationship.pk, minutes)
    context = {"relationship": relationship, "found": found, "minutes": minutes, "lengths": (25, 50)}
    return render(request, "meetings/slots.html", context)


def offer_times(request: HttpRequest) -> str:
    """The way from an agreement's schedule to the times that suit everybody."""
    here = request.resolver_match
    relationship_id = here.kwargs.get("relationship_id") if here else None
    return render_to_string("meetings/offer_times.html", {"relationship_id": relationship_id}, request)


def _instant(text: str) -> datetime | None:
    """Where a page of the past begins; a wrong one is the first page."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@login_required
@require_GET
def meeting(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    found = meeting_for(request.user, meeting_id)
    line, agreed = line_of(request.user, found), None
    if line.outcome is None and not line.withdrawn:
        agreed = agreed_for(request.user.pk, members_of(found.relationship_id), found.relationship_id, found.start)
    context = {"line": line, "agreed": agreed, "mode": found.relationship.mode, **_goal_talk(request, found)}
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
