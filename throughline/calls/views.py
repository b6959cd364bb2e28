"""Opening a call, being in it, and what remains of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.calls.access import call_for
from throughline.calls.actions import CallRefusedError, open_call
from throughline.calls.queries import room_for, what_remains_of
from throughline.foundation.places import RELATIONSHIP
from throughline.relationships.access import relationship_for


@login_required
@require_POST
def quick(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    try:
        call = open_call(relationship=relationship, by=request.user)
    except CallRefusedError as error:
        messages.error(request, str(error))
        return redirect(RELATIONSHIP, relationship_id)
    return redirect("calls:call", call.pk)


@login_required
@never_cache
def call(request: PersonRequest, call_id: UUID) -> HttpResponse:
    found = call_for(request.user, call_id)
    if found.closed_at:
        return redirect("calls:after", found.pk)
    return render(request, "calls/call.html", {"call": found, "room": room_for(request.user, found)})


@login_required
@never_cache
def after(request: PersonRequest, call_id: UUID) -> HttpResponse:
    found = call_for(request.user, call_id)
    return render(request, "calls/after.html", {"call": found, "remains": what_remains_of(found, request.user)})
