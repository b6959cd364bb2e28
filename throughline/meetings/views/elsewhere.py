"""Meeting elsewhere: the link, the way there, and what both say of it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.meetings import actions
from throughline.meetings.access import meeting_for
from throughline.meetings.actions import CannotChangeError, CannotJoinError
from throughline.meetings.domain.elsewhere import Way
from throughline.meetings.forms import ReportForm, RoomForm
from throughline.meetings.queries import line_of, outside_room_of
from throughline.relationships.access import RelationshipEndedError, relationship_for

if TYPE_CHECKING:
    from throughline.meetings.models import Meeting
    from throughline.meetings.queries import Line


@login_required
def room(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    form = RoomForm(request.POST or None)
    try:
        if request.method == "POST" and "leave" in request.POST:
            actions.leave_outside_room(relationship=relationship, by=request.user)
            messages.success(request, _("You meet here again."))
            return redirect("meetings:series", relationship.pk)
        if request.method == "POST" and form.is_valid():
            actions.use_outside_room(relationship=relationship, by=request.user, url=form.cleaned_data["url"])
            messages.success(request, _("Your meetings lead there from now on."))
            return redirect("meetings:room", relationship.pk)
    except RelationshipEndedError as ended:
        form.add_error(None, str(ended))
    context = {"relationship": relationship, "form": form, "outside": outside_room_of(relationship.pk)}
    return render(request, "meetings/room.html", context, status=422 if form.is_bound and form.errors else 200)


@login_required
@require_POST
def go(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """A page that leads on by itself: a redirect of a form to another host is what our content policy forbids."""
    found = meeting_for(request.user, meeting_id)
    try:
        there = actions.go_elsewhere(meeting=found, by=request.user)
    except (CannotJoinError, RelationshipEndedError) as refusal:
        messages.error(request, str(refusal))
        return redirect("meetings:meeting", found.pk)
    response = render(request, "meetings/going.html", {"there": there, "meeting_id": found.pk})
    response["Refresh"] = f"1; url={there.url}"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
def report(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    found = meeting_for(request.user, meeting_id)
    line = line_of(request.user, found)
    zone = request.user.zone
    form = ReportForm(request.POST or None, zone=zone, initial=_likely(line, zone))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("started_at", "minutes", "way")}
        try:
            actions.report_meeting(meeting=found, by=request.user, **values)
            messages.success(request, _("Thank you. It counts, apart, once the other has confirmed it."))
            return redirect("meetings:meeting", found.pk)
        except (CannotChangeError, RelationshipEndedError) as refusal:
            form.add_error(None, str(refusal))
    context = {"line": line, "form": form, "mode": found.relationship.mode}
    return render(request, "meetings/report.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def answer_report(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    found = meeting_for(request.user, meeting_id)
    said = _report_of(found)
    try:
        actions.answer_report(report=said, by=request.user, confirmed=request.POST.get("confirmed") == "yes")
    except (CannotChangeError, RelationshipEndedError) as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings:meeting", found.pk)


def _report_of(found: Meeting) -> Any:
    if not hasattr(found, "report"):
        raise Http404
    return found.report


def _likely(line: Line, zone: str) -> dict[str, Any]:
    """When both had gone there, else as planned; for the planned time."""
    began = (
        max((at for _name, at in line.went), default=line.planned.start) if len(line.went) > 1 else line.planned.start
    )
    local = began.astimezone(ZoneInfo(zone))
    return {"day": local.date(), "time": local.time(), "minutes": line.seconds // 60, "way": Way.VIDEO.value}
