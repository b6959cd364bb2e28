"""What a pair has taken on: one list, and one page to move or drop."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.accounts.queries import people_by_id
from throughline.commitments import actions
from throughline.commitments.access import commitment_for, ensure_owner
from throughline.commitments.forms import DropForm, MakeForm, NewDateForm
from throughline.commitments.queries import commitments_in
from throughline.foundation.places import back_of
from throughline.relationships.access import is_open, relationship_for
from throughline.relationships.queries import members_of
from throughline.relationships.things import thing_for


@login_required
def listed(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    members = members_of(relationship_id)
    form = MakeForm(request.POST or None, members=members, initial={"owner": str(request.user.pk)})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        owner_id = UUID(values.pop("owner"))
        owner = people_by_id([owner_id])[owner_id]
        if values["origin"]:
            thing_for(request.user, *values["origin"])
        actions.make_commitment(relationship=relationship, owner=owner, by=request.user, **values)
        return _back(request, relationship_id)
    context = {
        "relationship_id": relationship_id,
        "mode": relationship.mode,
        "form": form,
        "back": back_of(request),
        "promises": commitments_in(relationship_id),
        "open": is_open(relationship_id),
        "others": [member for member in members if member.person_id != request.user.pk],
    }
    return render(request, "commitments/list.html", context, status=422 if form.errors else 200)


@login_required
def change(request: PersonRequest, commitment_id: UUID) -> HttpResponse:
    """A new day, or letting go: two forms, told apart by the button."""
    commitment = commitment_for(request.user, commitment_id)
    ensure_owner(request.user, commitment)
    dropping = "reason" in request.POST
    moving = request.method == "POST" and not dropping
    date_form = NewDateForm(request.POST if moving else None, zone=request.user.zone, initial={"due": commitment.due})
    drop_form = DropForm(request.POST if dropping else None)
    if moving and date_form.is_valid():
        actions.re_date(commitment=commitment, by=request.user, due=date_form.cleaned_data["due"])
        return _back(request, commitment.relationship_id)
    if dropping and drop_form.is_valid():
        actions.drop(commitment=commitment, by=request.user, reason=drop_form.cleaned_data["reason"])
        return _back(request, commitment.relationship_id)
    context = {"back": back_of(request), "commitment": commitment, "date_form": date_form, "drop_form": drop_form}
    return render(request, "commitments/change.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def done(request: PersonRequest, commitment_id: UUID) -> HttpResponse:
    commitment = commitment_for(request.user, commitment_id)
    actions.complete(commitment=commitment, by=request.user)
    return _back(request, commitment.relationship_id)


def _back(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """To the page that the form stood on, or to the list."""
    return redirect(back_of(request) or reverse("commitments:list", args=[relationship_id]))
