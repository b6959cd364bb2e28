"""A relationship's goals, a new one, and progress on one of several."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from throughline.accounts.access import PersonRequest
from throughline.accounts.queries import people_by_id
from throughline.foundation.places import back_of
from throughline.goals import actions, wording
from throughline.goals.access import goal_for
from throughline.goals.domain.attainment import Attained, t_score
from throughline.goals.domain.lines import UnclearLineError
from throughline.goals.domain.measure import Kind
from throughline.goals.forms.fields import evidence_in
from throughline.goals.forms.recording import QuickForm
from throughline.goals.forms.writing import GoalForm
from throughline.goals.queries import GoalLine, goals_in, going_goals_of, objectives_to_take_up
from throughline.goals.queries.evidence import things_behind
from throughline.relationships.access import is_open, relationship_for
from throughline.relationships.queries import members_of
from throughline.relationships.things import Thing


@login_required
@require_GET
def listed(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    goals = goals_in(request.user, relationship.pk)
    going = [goal for goal in goals if goal.end is None]
    members = members_of(relationship.pk)
    context = {
        "relationship_id": relationship.pk,
        "going": going,
        "ended": [goal for goal in goals if goal.end is not None],
        "objectives": objectives_to_take_up(relationship.pk),
        "names": {member.person_id: member.called for member in members},
        "others": [member for member in members if member.person_id != request.user.pk],
        "open": is_open(relationship.pk),
        "score": _score(going),
        "words": wording,
    }
    return render(request, "goals/list.html", context)


def _score(goals: list[GoalLine]) -> float | None:
    """Over the shared goals with levels that have a level."""
    levels = [goal.picture for goal in goals if goal.picture.kind is Kind.LEVELS and not goal.private]
    return t_score([Attained(round(one.value), one.weight) for one in levels if one.value is not None])


@login_required
def new(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    members = members_of(relationship.pk)
    form = GoalForm(
        request.POST or None, members=members, reader_id=request.user.pk, initial={"owner": str(request.user.pk)}
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        kind, owner_id = values.pop("kind"), values.pop("owner")
        owner = people_by_id([owner_id])[owner_id] if owner_id else None
        goal = actions.write_goal(relationship=relationship, by=request.user, owner=owner, **values)
        if kind == Kind.NONE:
            return redirect("goals:goal", goal.pk)
        return redirect(reverse("goals:measure", args=[goal.pk]) + f"?kind={kind}")
    context = {"relationship_id": relationship.pk, "form": form, "others": _others(request, members)}
    return render(request, "goals/new.html", context, status=422 if form.errors else 200)


def _others(request: PersonRequest, members: Any) -> list[Any]:
    return [member for member in members if member.person_id != request.user.pk]


@login_required
@require_POST
def take_up(request: PersonRequest, relationship_id: UUID, number: int) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    goal = actions.take_up_objective(relationship=relationship, by=request.user, number=number)
    messages.success(request, _("It is a goal now. What it lacks stands below: a measure, a date."))
    return redirect("goals:goal", goal.pk)


@login_required
def progress(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """One line from anywhere: the goal is chosen from a list."""
    relationship = relationship_for(request.user, relationship_id)
    goals = going_goals_of(request.user, [relationship.pk])
    initial = {name: request.GET.get(name, "") for name in ("beside", "thing")}
    form = QuickForm(request.POST or None, goals=goals, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        goal = goal_for(request.user, UUID(values["goal"]))
        try:
            actions.record_line(
                goal=goal, by=request.user, line=values["line"], day=values["day"], evidence=evidence_in(values),
                beside=values["beside"], once=values["once"],
            )  # fmt: skip
            return recorded(request, goal.pk)
        except (UnclearLineError, actions.FutureDayError) as error:
            form.refuse(error, next(line.picture.unit for line in goals if line.id == goal.pk))
    context = {"relationship_id": relationship.pk, "form": form, "goals": goals, "back": back_of(request)}
    context["shown"] = _shown(request, relationship.pk, form)
    return render(request, "goals/progress.html", context, status=422 if form.errors else 200)


def _shown(request: PersonRequest, relationship_id: UUID, form: QuickForm) -> Thing | None:
    """The thing here that a link from another room brought along, such as a message."""
    key = form.fields["thing"].clean(form["thing"].value())
    return things_behind(request.user, relationship_id, [key]).get(key) if key else None


def recorded(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    """Back to where it was recorded."""
    messages.success(request, _("Recorded."))
    return redirect(back_of(request) or reverse("goals:goal", args=[goal_id]))


def uuid_in(text: str) -> UUID:
    """An id that a form sent. Raises Http404 for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def beside_composer(request: HttpRequest) -> str:
    """The way to a line of progress from a conversation: a link, which opens in place where scripts run."""
    match = request.resolver_match
    relationship_id = match.kwargs.get("relationship_id") if match else None
    if relationship_id is None:
        return ""
    context = {"relationship_id": relationship_id, "back": request.path}
    return render_to_string("goals/_beside_composer.html", context, request)


def with_message(request: HttpRequest, *, relationship_id: UUID, thing: str) -> str:
    """The way from a message to a line of progress that it shows."""
    context = {"relationship_id": relationship_id, "thing": thing, "back": request.path}
    return render_to_string("goals/_with_message.html", context, request)
