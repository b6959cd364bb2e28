"""The pages that combine rooms."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from throughline.accounts.access import PersonRequest
from throughline.relationships.access import relationship_for


@login_required
def today(request: PersonRequest) -> HttpResponse:
    return render(request, "home/today.html", {})


@login_required
def relationship(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    return render(request, "home/relationship.html", {"relationship": relationship_for(request.user, relationship_id)})
