"""A pair's series, and the times that would suit them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET

from throughline.accounts.access import PersonRequest
from throughline.agreements.queries import version_in_force
from throughline.meetings.queries import agreed_for, calendar_of, rotation_of, slots_of
from throughline.relationships.access import relationship_for


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
    turns = None if found.slots else rotation_of(request.user, relationship.pk, minutes)
    signed = version_in_force(relationship.pk) is not None
    adopt = reverse("agreements:propose" if signed else "agreements:part", args=[relationship.pk, "schedule"])
    context = {"relationship": relationship, "found": found, "minutes": minutes, "lengths": (25, 50)}
    context |= {"turns": turns, "adopt": adopt, "signed": signed}
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
