"""The agreement as a whole, and the words that are written together."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from throughline.accounts.access import PersonRequest
from throughline.agreements.access import reason_to_wait
from throughline.agreements.actions import open_words
from throughline.agreements.queries.draft import prose_of
from throughline.agreements.queries.overview import Stage, overview_of
from throughline.agreements.queries.proposals import proposals_of
from throughline.agreements.views.frame import frame
from throughline.foundation import clock
from throughline.relationships.access import relationship_for


@login_required
def agreement(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    today = clock.today_in(request.user.zone)
    context = frame(request.user, relationship)
    page = overview_of(context["agreement"], context["members"], reader_id=request.user.pk, today=today)
    open_ones = [line for line in proposals_of(relationship_id) if not line.how]
    return render(
        request, "agreements/agreement.html", {**context, "page": page, "Stage": Stage, "proposals": open_ones}
    )


@login_required
def words(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """GET reads or, once opened, edits; POST opens the document, since reading a page must not write."""
    relationship = relationship_for(request.user, relationship_id)
    if request.method == "POST":
        if not reason_to_wait(relationship_id):
            open_words(by=request.user, relationship=relationship)
        return redirect("agreements:words", relationship_id)
    context = frame(request.user, relationship)
    return render(request, "agreements/words.html", {**context, "prose": prose_of(context["agreement"])})
