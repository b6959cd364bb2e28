"""A pause: one page to propose it, answer it and end it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.foundation import clock
from throughline.relationships import actions
from throughline.relationships.access import RelationshipEndedError, is_open, pause_for, relationship_for
from throughline.relationships.actions.pauses import PauseError
from throughline.relationships.forms import PauseForm
from throughline.relationships.models import Relationship
from throughline.relationships.queries import accepted_by, members_of, open_pause_of, pauses_of


@login_required
def pause(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    if not is_open(relationship_id):
        return redirect("relationships:end", relationship_id)
    form = PauseForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_pause(relationship=relationship, by=request.user, **form.cleaned_data)
            return redirect("relationships:pause", relationship_id)
        except PauseError as error:
            form.add_error(None, str(error))
    status = 422 if form.errors else 200
    return render(request, "relationships/pause.html", _page(request, relationship, form), status=status)


def _page(request: PersonRequest, relationship: Relationship, form: PauseForm) -> dict[str, object]:
    found, members = open_pause_of(relationship.pk), members_of(relationship.pk)
    accepted = accepted_by(found) if found else set()
    return {
        "relationship": relationship,
        "form": form,
        "pause": found,
        "running": found is not None and found.starts_at <= clock.now(),
        "others": [member for member in members if member.person_id != request.user.pk],
        "awaited": [member for member in members if member.person_id not in accepted],
        "mine_is_awaited": request.user.pk not in accepted,
        "earlier": [span for span in pauses_of(relationship.pk) if span.end <= clock.now()],
    }


@login_required
@require_POST
def accept(request: PersonRequest, pause_id: UUID) -> HttpResponse:
    found = pause_for(request.user, pause_id)
    try:
        actions.accept_pause(pause=found, by=request.user)
        messages.success(request, _("Agreed. Nothing is expected of either of you until the pause is over."))
    except (PauseError, RelationshipEndedError) as error:
        messages.warning(request, str(error))
    return redirect("relationships:pause", found.relationship_id)


@login_required
@require_POST
def close(request: PersonRequest, pause_id: UUID) -> HttpResponse:
    found = pause_for(request.user, pause_id)
    try:
        actions.close_pause(pause=found, by=request.user)
        messages.success(request, _("Done: there is no pause any more."))
    except RelationshipEndedError as error:
        messages.warning(request, str(error))
    return redirect("relationships:pause", found.relationship_id)
