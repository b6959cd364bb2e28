"""Who outside may see something of this relationship, and who looked."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from throughline.accounts.access import PersonRequest
from throughline.relationships.access import relationship_for
from throughline.relationships.queries import looks_of, overseers_of


@login_required
def looks(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    page = Paginator(looks_of(relationship_id), 50).get_page(request.GET.get("page"))
    context = {"relationship": relationship, "overseers": overseers_of(relationship_id), "looks": page}
    return render(request, "relationships/looks.html", context)
