"""What somebody asked about a meeting: read, answered in one tap, or taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from throughline.accounts.access import PersonRequest
from throughline.meetings.access import request_for
from throughline.meetings.actions import CannotChangeError, answer_move, free_for, withdraw_move
from throughline.meetings.domain.changing import How
from throughline.meetings.queries import request_page
from throughline.relationships.access import RelationshipEndedError


@login_required
@require_GET
def request_about(request: PersonRequest, request_id: UUID) -> HttpResponse:
    found = request_for(request.user, request_id)
    page = request_page(request.user, found)
    slots = free_for(found.meeting) if page.how is How.TAKEN else []
    return render(request, "meetings/request.html", {"asked": page, "slots": slots})


@login_required
@require_POST
def answer(request: PersonRequest, request_id: UUID) -> HttpResponse:
    found = request_for(request.user, request_id)
    try:
        answer_move(request=found, by=request.user, accepted=request.POST.get("accepted") == "yes")
    except (CannotChangeError, RelationshipEndedError) as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings:request", found.pk)


@login_required
@require_POST
def take_back(request: PersonRequest, request_id: UUID) -> HttpResponse:
    found = request_for(request.user, request_id)
    try:
        withdraw_move(request=found, by=request.user)
    except CannotChangeError as refusal:
        messages.error(request, str(refusal))
    return redirect("meetings:request", found.pk)
