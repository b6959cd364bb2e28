"""Opening a call, being in it, and what remains of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.calls.access import call_for, room_ticket
from throughline.calls.actions import CallRefusedError, hide_address, open_call
from throughline.calls.forms import AddressForm
from throughline.calls.queries import hides_address, relays_for, room_for, what_remains_of
from throughline.foundation.browser import POLICY_WITH_WASM
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
    room = room_for(request.user, found)
    beside = render_to_string(room.aside.template, room.aside.context, request) if room.aside else ""
    shown = {"call": found, "room": room, "beside": beside, "ticket": room_ticket(request.user.pk, found.pk)}
    page = render(request, "calls/call.html", shown)
    page.headers["Content-Security-Policy"] = POLICY_WITH_WASM  # finds the person before a blurred background
    return page


@login_required
@never_cache
def ticket(request: PersonRequest, call_id: UUID) -> HttpResponse:
    """For a page whose ticket grew old while its line was away."""
    found = call_for(request.user, call_id)
    return JsonResponse({"ticket": room_ticket(request.user.pk, found.pk)})


@login_required
@require_POST
def address(request: PersonRequest, call_id: UUID) -> HttpResponse:
    found = call_for(request.user, call_id)
    form = AddressForm(request.POST)
    if form.is_valid():
        hide_address(by=request.user, hidden=form.cleaned_data["hidden"])
    return redirect("calls:call", found.pk)


@login_required
@never_cache
def trial(request: PersonRequest) -> HttpResponse:
    shown = {"relays": relays_for(request.user), "hidden": hides_address(request.user)}
    return render(request, "calls/trial.html", shown)


@login_required
@never_cache
def after(request: PersonRequest, call_id: UUID) -> HttpResponse:
    found = call_for(request.user, call_id)
    return render(request, "calls/after.html", {"call": found, "remains": what_remains_of(found, request.user)})
