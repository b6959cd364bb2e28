"""Goals and points out of a file: first shown, then taken in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.accounts.access import PersonRequest
from throughline.goals import actions
from throughline.goals.forms.bringing import BringForm, said_fault, said_place
from throughline.goals.queries.bringing import plan_of
from throughline.relationships.access import relationship_for

SHOWN = 50  # bad lines; of more, how many


@login_required
def bring(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """GET asks for a file; POST shows what it would add; POST with what was shown adds it."""
    relationship = relationship_for(request.user, relationship_id)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    plan = None
    if request.method == "POST" and form.is_valid():
        if "yes" in request.POST:
            done = actions.bring_in(relationship=relationship, by=request.user, text=form.text)
            said = {"points": done.points, "goals": done.new_goals}
            messages.success(request, _("Taken in: %(points)d points, %(goals)d new goals.") % said)
            return redirect("goals:list", relationship.pk)
        plan = plan_of(request.user, relationship.pk, form.rows)
    context = {
        "relationship_id": relationship.pk,
        "form": form,
        "plan": plan,
        "faults": [(said_place(place), said_fault(error)) for place, error in plan.faults[:SHOWN]] if plan else [],
        "unsaid": max(0, len(plan.faults) - SHOWN) if plan else 0,
    }
    return render(request, "goals/bring.html", context, status=422 if form.errors else 200)
