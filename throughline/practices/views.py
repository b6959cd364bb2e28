"""The guide's practices for one pair, the contacts behind each number, and what one person does next."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from throughline.accounts.access import PersonRequest
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.practices.actions import answer_about_cameras, put_step_aside
from throughline.practices.forms import CameraForm
from throughline.practices.kinds import Practice, practice_of
from throughline.practices.queries import answer_about_cameras_of, measured, measures_of, step_for, whole_record_of
from throughline.practices.wording import weeks_of
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
    found = _found(practice_id)
    record = whole_record_of(relationship.pk, clock.now())
    measure = measured(found, record)
    context = {
        "relationship": relationship,
        "measure": measure,
        "step": step_for(request.user, found, record, relationship.pk),
        "answered": answer_about_cameras_of(request.user, relationship.pk) if found.id == "video-share" else "",
        "client_id": new_id(),
        "weeks": weeks_of(measure.trend) if measure.trend else [],
    }
    return render(request, "practices/practice.html", context)


@login_required
@require_POST
def aside(request: PersonRequest, relationship_id: UUID, practice_id: str) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    found, wrong = _found(practice_id), "wrong" in request.POST
    put_step_aside(relationship=relationship, by=request.user, practice_id=found.id, wrong=wrong)
    messages.success(request, _("Put aside. Only you know that it was offered."))
    return redirect("practices:practice", relationship_id, practice_id)


@login_required
@require_POST
def cameras(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    form = CameraForm(request.POST)
    if form.is_valid():
        answer_about_cameras(relationship=relationship, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Thank you. Your answer stays yours; the count begins anew today."))
    else:
        messages.error(request, _("That was none of the answers. Please choose one."))
    return redirect("practices:practice", relationship_id, "video-share")


def _found(practice_id: str) -> Practice:
    found = practice_of(practice_id)
    if found is None:
        raise Http404
    return found
