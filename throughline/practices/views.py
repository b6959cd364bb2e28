"""The guide's practices for one pair, and the contacts behind each number."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from throughline.accounts.access import PersonRequest
from throughline.foundation import clock
from throughline.practices.kinds import practice_of
from throughline.practices.queries import measured, measures_of, record_of
from throughline.relationships.access import relationship_for


@login_required
@require_GET
def index(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    measures = measures_of(relationship.pk, clock.now())
    return render(request, "practices/practices.html", {"relationship": relationship, "measures": measures})


@login_required
@require_GET
def practice(request: PersonRequest, relationship_id: UUID, practice_id: str) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    found = practice_of(practice_id)
    if found is None:
        raise Http404
    measure = measured(found, record_of(relationship.pk, clock.now()))
    return render(request, "practices/practice.html", {"relationship": relationship, "measure": measure})
