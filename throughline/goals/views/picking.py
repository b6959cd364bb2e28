"""What shows a point, and what a goal goes with: one tap on something here, or the address of a page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.goals import actions
from throughline.goals.access import goal_for, point_for
from throughline.goals.domain.lines import UnclearLineError
from throughline.goals.forms.fields import evidence_in
from throughline.goals.forms.linking import LookForm, PickForm
from throughline.goals.models import Goal, Point
from throughline.goals.queries.evidence import key_in, proof_of, things_behind
from throughline.goals.queries.things import KIND
from throughline.relationships.things import choices_in


@login_required
def links(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    form = PickForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if what := evidence_in(form.cleaned_data):
            actions.link_goal(goal=goal, by=request.user, what=what)
        return redirect("goals:goal", goal.pk)
    return _page(request, goal, form, None)


@login_required
@require_POST
def unlink(request: PersonRequest, goal_id: UUID, link_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    actions.unlink_goal(goal=goal, by=request.user, link_id=link_id)
    return redirect("goals:goal", goal.pk)


@login_required
def evidence(request: PersonRequest, point_id: UUID) -> HttpResponse:
    point = point_for(request.user, point_id)
    form = PickForm(None if "drop" in request.POST else request.POST or None)
    if "drop" in request.POST:
        return _dropped(request, point)
    if request.method == "POST" and form.is_valid():
        actions.prove_point(
            point=point, by=request.user, link=form.cleaned_data["link"], thing=form.cleaned_data["thing"]
        )
        return redirect(_at(point))
    return _page(request, point.goal, form, point)


def _dropped(request: PersonRequest, point: Point) -> HttpResponse:
    try:
        actions.unprove_point(point=point, by=request.user, what=request.POST["drop"])
    except UnclearLineError:
        messages.error(request, _("It is all that this point says. Take the point back instead, or say it in words."))
        return redirect("goals:point", point.pk)
    return redirect(_at(point))


def _at(point: Point) -> str:
    return f"{reverse('goals:goal', args=[point.goal_id])}#p-{point.pk}"


def _page(request: PersonRequest, goal: Goal, form: PickForm, point: Point | None) -> HttpResponse:
    looking = LookForm(request.GET)
    entry = point.entry if point else {}
    things = things_behind(request.user, goal.relationship_id, [key_in(entry)])
    context = {
        "goal": goal,
        "point": point,
        "proof": proof_of(entry, things),
        "form": form,
        "looking": looking,
        "words": looking.words,
        "offered": choices_in(request.user, goal.relationship_id, looking.words, [(KIND, goal.pk)]),
    }
    return render(request, "goals/pick.html", context, status=422 if form.errors else 200)
