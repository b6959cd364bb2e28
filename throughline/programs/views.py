"""A programme's pages: its coordinator's counts, and a pair's way in and out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.practices.queries import measures_of
from throughline.programs import actions
from throughline.programs.access import enrolment_for, overseen_for, programme_by_code, programme_for
from throughline.programs.forms import JoinForm, ProgrammeForm
from throughline.programs.queries import (
    consented,
    coordinators_of,
    counts_of,
    enrolments_in,
    programmes_of,
)
from throughline.relationships.access import is_open, relationship_for
from throughline.relationships.actions import record_looks
from throughline.relationships.domain.roles import Sight
from throughline.relationships.domain.states import State
from throughline.relationships.queries import members_of, relationships_of


@login_required
def index(request: PersonRequest) -> HttpResponse:
    return render(request, "programs/index.html", {"programmes": programmes_of(request.user)})


@login_required
def new(request: PersonRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.start_programme(by=request.user, **form.cleaned_data)
        return redirect("programs:programme", made.pk)
    return render(request, "programs/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def programme(request: PersonRequest, programme_id: UUID) -> HttpResponse:
    """Counts of every pair that takes part; each of those shown is told that its coordinator looked."""
    found = programme_for(request.user, programme_id)
    page = Paginator(enrolments_in(found), 50).get_page(request.GET.get("page"))
    rows = counts_of(list(page.object_list))
    record_looks(relationship_ids=[row.relationship_id for row in rows], by=request.user, what=Sight.COUNTS)
    link = ENV.origin + reverse("programs:join", args=[found.code])
    return render(request, "programs/programme.html", {"programme": found, "page": page, "rows": rows, "link": link})


@login_required
def counts(request: PersonRequest, enrolment_id: UUID) -> HttpResponse:
    found = overseen_for(request.user, enrolment_id)
    record_looks(relationship_ids=[found.relationship_id], by=request.user, what=Sight.COUNTS)
    context = {
        "programme": found.programme,
        "row": counts_of([found])[0],
        "measures": measures_of(found.relationship_id, clock.now()),
    }
    return render(request, "programs/counts.html", context)


@login_required
def join(request: PersonRequest, code: str) -> HttpResponse:
    found = programme_by_code(code)
    mine = [one for one in relationships_of(request.user) if one.state in (State.ACTIVE, State.PAUSED)]
    form = JoinForm(request.POST or None, choices=mine)
    if request.method == "POST" and form.is_valid():
        relationship = relationship_for(request.user, UUID(form.cleaned_data["relationship"]))
        made = actions.propose_enrolment(programme=found, relationship=relationship, by=request.user)
        return redirect("programs:enrolment", made.pk)
    context = {"programme": found, "coordinators": coordinators_of(found.pk), "form": form, "mine": mine}
    return render(request, "programs/join.html", context, status=422 if form.errors else 200)


@login_required
def enrolment(request: PersonRequest, enrolment_id: UUID) -> HttpResponse:
    found = enrolment_for(request.user, enrolment_id)
    agreed, members = consented(found), members_of(found.relationship_id)
    context = {
        "enrolment": found,
        "left": hasattr(found, "leaving"),
        "coordinators": coordinators_of(found.programme_id),
        "others": [member for member in members if member.person_id != request.user.pk],
        "awaited": [member for member in members if member.person_id not in agreed],
        "mine_is_awaited": request.user.pk not in agreed,
        "open": is_open(found.relationship_id),
    }
    return render(request, "programs/enrolment.html", context)


@login_required
@require_POST
def agree(request: PersonRequest, enrolment_id: UUID) -> HttpResponse:
    found = enrolment_for(request.user, enrolment_id)
    actions.consent(enrolment=found, by=request.user)
    return redirect("programs:enrolment", enrolment_id)


@login_required
@require_POST
def leave(request: PersonRequest, enrolment_id: UUID) -> HttpResponse:
    found = enrolment_for(request.user, enrolment_id)
    actions.leave_programme(enrolment=found, by=request.user)
    messages.success(request, _("Done. The coordinators see nothing of you two from now on."))
    return redirect("programs:enrolment", enrolment_id)
