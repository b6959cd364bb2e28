"""By what a goal is measured: one page, with one form for each kind."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.goals import actions, wording
from throughline.goals.access import goal_for
from throughline.goals.domain.measure import Kind, Levels, Number
from throughline.goals.forms.measuring import LevelsForm, MilestonesForm, NumberForm, initial_levels
from throughline.goals.models import Goal
from throughline.goals.queries.measured import Measures, measures_of, steps_of


@login_required
def measure(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    measures = measures_of(goal)
    kind = _kind(request, measures)
    form = _form(request, goal, measures, kind)
    if request.method == "POST" and form.is_valid():
        try:
            _measure(request, goal, kind, form)
            return redirect("goals:goal", goal.pk)
        except actions.UnitChangedError as error:
            assert isinstance(form, NumberForm)
            form.ask_about_unit(error.unit)
    context = {"goal": goal, "kind": kind.value, "form": form, "measures": measures, "words": wording}
    return render(request, "goals/measure.html", context, status=422 if form.errors else 200)


def _kind(request: PersonRequest, measures: Measures) -> Kind:
    """As asked for; else the one that it has; else a number."""
    now = measures.waiting or measures.in_force
    chosen = request.POST.get("kind") or request.GET.get("kind", "")
    offered = {Kind.NUMBER, Kind.MILESTONES, Kind.LEVELS}
    return next((kind for kind in offered if kind.value == chosen), now.kind if now else Kind.NUMBER)


def _form(request: PersonRequest, goal: Goal, measures: Measures, kind: Kind) -> Any:
    now = measures.waiting or measures.in_force
    content = now.content if now and now.kind is kind else None
    data = request.POST if request.method == "POST" else None
    if kind is Kind.LEVELS:
        return LevelsForm(data, initial=initial_levels(content) if isinstance(content, Levels) else {})
    if kind is Kind.MILESTONES:
        zone = goal.owner.zone if goal.owner else request.user.zone
        return MilestonesForm(data, zone=zone, needs_one=not steps_of(goal.pk))
    initial: dict[str, Any] = {}
    if isinstance(content, Number):
        initial = {"unit": content.unit, "baseline": f"{content.baseline:.15g}", "target": f"{content.target:.15g}"}
    return NumberForm(data, initial=initial)


def _measure(request: PersonRequest, goal: Goal, kind: Kind, form: Form) -> None:
    if isinstance(form, NumberForm):
        actions.measure_goal(goal=goal, by=request.user, kind=kind, content=form.number, new_count=form.new_count)
    elif isinstance(form, LevelsForm):
        actions.measure_goal(goal=goal, by=request.user, kind=kind, content=form.levels)
        messages.success(
            request, _("Written, and agreed by you. They count once everybody agrees, before work starts.")
        )
    elif isinstance(form, MilestonesForm):
        actions.measure_by_milestones(goal=goal, by=request.user, steps=form.steps)


@login_required
@require_POST
def agree(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    number = request.POST.get("number", "")
    try:
        actions.agree_to_levels(goal=goal, by=request.user, number=int(number) if number.isdecimal() else 0)
        messages.success(request, _("You have agreed to these five levels."))
    except actions.NothingToAgreeError:
        messages.error(request, _("They were written anew meanwhile. Read them once more, and agree if they fit."))
    return redirect("goals:goal", goal.pk)
