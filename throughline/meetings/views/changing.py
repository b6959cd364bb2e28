"""Asking for another time, asking to leave one out, and calling one off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.accounts.access import PersonRequest
from throughline.meetings.access import meeting_for
from throughline.meetings.actions import CannotChangeError, ask_move, ask_skip, cancel_meeting, free_for
from throughline.meetings.forms import MoveForm, ReasonForm
from throughline.meetings.queries import line_of
from throughline.relationships.access import RelationshipEndedError

if TYPE_CHECKING:
    from throughline.meetings.domain.soonest import FreeSlot
    from throughline.meetings.models import Meeting


@login_required
def move(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Three times that are free for everybody, or one of their own; with the reason, to be answered by the others."""
    found = meeting_for(request.user, meeting_id)
    form = _move_form(request, found, free_for(found))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("to", "reason", "scope")}
        try:
            asked = ask_move(occurrence=found, by=request.user, **values)
            return redirect("meetings:request", asked.pk)
        except CannotChangeError as refusal:
            form = _move_form(request, found, refusal.slots or free_for(found))
            form.add_error(None, str(refusal))
        except RelationshipEndedError as ended:
            form.add_error(None, str(ended))
    return _page(request, "meetings/move.html", found, form)


def _move_form(request: PersonRequest, found: Meeting, slots: Sequence[FreeSlot]) -> MoveForm:
    """wider: a meeting that never got a time of its own is moved by itself."""
    wider = not hasattr(found, "withdrawal")
    return MoveForm(request.POST or None, zone=request.user.zone, slots=slots, wider=wider)


@login_required
def call_off(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    found = meeting_for(request.user, meeting_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(meeting=found, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is called off, and the others have been told."))
            return redirect("meetings:meeting", found.pk)
        except (CannotChangeError, RelationshipEndedError) as refusal:
            form.add_error(None, str(refusal))
    return _page(request, "meetings/call_off.html", found, form)


@login_required
def leave_out(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    found = meeting_for(request.user, meeting_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_skip(occurrence=found, by=request.user, reason=form.cleaned_data["reason"])
            return redirect("meetings:request", asked.pk)
        except (CannotChangeError, RelationshipEndedError) as refusal:
            form.add_error(None, str(refusal))
    return _page(request, "meetings/leave_out.html", found, form)


def _page(request: PersonRequest, template: str, found: Meeting, form: MoveForm | ReasonForm) -> HttpResponse:
    line = line_of(request.user, found)
    context = {"line": line, "form": form, "mode": found.relationship.mode}
    return render(request, template, context, status=422 if form.errors else 200)
