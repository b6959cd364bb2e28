"""Every version, who signed it when, and what changed from one to the next."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from throughline.accounts.access import PersonRequest
from throughline.agreements.queries.history import history_of
from throughline.agreements.queries.paper import paper_of
from throughline.agreements.queries.versions import version_page_of
from throughline.agreements.views.frame import frame
from throughline.relationships.access import relationship_for


@login_required
def history(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    context = {**frame(request.user, relationship), "versions": history_of(relationship_id)}
    return render(request, "agreements/history.html", context)


@login_required
def version(request: PersonRequest, relationship_id: UUID, number: int) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    context = frame(request.user, relationship)
    page = version_page_of(relationship_id, number, [member.zone for member in context["members"]])
    if page is None:
        raise Http404
    return render(
        request, "agreements/version.html", {**context, "page": page, "paper": paper_of(relationship_id, number)}
    )
