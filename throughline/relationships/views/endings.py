"""Ending a relationship, looking back, and deleting it together."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.relationships import actions
from throughline.relationships.access import is_open, relationship_for
from throughline.relationships.forms import EndForm, ReflectionForm
from throughline.relationships.queries import deletion_asked_by, ending_of, members_of, reflections_of

if TYPE_CHECKING:
    from throughline.relationships.models import Relationship


@login_required
def end(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    if not is_open(relationship_id) and request.method != "POST":
        return _ended(request, relationship, ReflectionForm())
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_relationship(relationship=relationship, by=request.user, reflection=form.cleaned_data["reflection"])
        messages.success(request, _("It has ended. Everything stays here to be read."))
        return redirect("relationships:end", relationship_id)
    context = {"form": form, "relationship": relationship, "others": _others(request, relationship_id)}
    return render(request, "relationships/end.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def reflect(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    form = ReflectionForm(request.POST)
    if is_open(relationship_id):
        return redirect("relationships:end", relationship_id)
    if not form.is_valid():
        return _ended(request, relationship, form)
    actions.reflect(relationship=relationship, by=request.user, words=form.cleaned_data["words"])
    return redirect("relationships:end", relationship_id)


@login_required
@require_POST
def delete(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    if actions.ask_for_deletion(relationship=relationship, by=request.user):
        messages.success(
            request, _("Everything of it was deleted, and its key destroyed: nobody can read it here again.")
        )
        return redirect("relationships:index")
    return redirect("relationships:end", relationship_id)


@login_required
@require_POST
def leave(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    if is_open(relationship_id):
        return redirect("relationships:end", relationship_id)
    if actions.leave_relationship(relationship=relationship, by=request.user):
        messages.success(request, _("Nobody else was left in it, so everything of it was deleted."))
    else:
        messages.success(request, _("You have left it. What was written stays with the others."))
    return redirect("relationships:index")


@login_required
@require_POST
def keep(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    actions.withdraw_deletion(relationship=relationship, by=request.user)
    return redirect("relationships:end", relationship_id)


def _ended(request: PersonRequest, relationship: Relationship, form: ReflectionForm) -> HttpResponse:
    relationship_id = relationship.pk
    reflections, members = reflections_of(relationship_id), members_of(relationship_id)
    asked = deletion_asked_by(relationship_id)
    context = {
        "relationship": relationship,
        "relationship_id": relationship_id,
        "ending": ending_of(relationship_id),
        "others": _others(request, relationship_id),
        "reflections": reflections,
        "may_reflect": all(one.person_id != request.user.pk for one in reflections),
        "form": form,
        "asked": [member for member in members if member.person_id in asked],
        "i_asked": request.user.pk in asked,
    }
    return render(request, "relationships/ended.html", context, status=422 if form.errors else 200)


def _others(request: PersonRequest, relationship_id: UUID) -> list[object]:
    return [member for member in members_of(relationship_id) if member.person_id != request.user.pk]
