"""What becomes of a goal: its words, its date, its end, and who sees it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.accounts.queries import people_by_id
from throughline.goals import actions, wording
from throughline.goals.access import ensure_decides, goal_for, milestone_for
from throughline.goals.forms.writing import DropForm, DueForm, SplitForm, WordsForm
from throughline.goals.models import Goal
from throughline.goals.queries.lines import line_of
from throughline.relationships.queries import members_of


def _zone(request: PersonRequest, goal: Goal) -> str:
    return goal.owner.zone if goal.owner else request.user.zone


@login_required
def words(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    initial = {**goal.words, "owner": str(goal.owner_id or "")}
    form = WordsForm(request.POST or None, members=members_of(goal.relationship_id), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        owner = people_by_id([values["owner"]])[values["owner"]] if values["owner"] else None
        try:
            actions.reword_goal(goal=goal, by=request.user, **{**values, "owner": owner})
            return redirect("goals:goal", goal.pk)
        except actions.PrivateOwnerError:
            form.add_error("owner", _("Only you see this goal, so it is yours. Share it first to hand it over."))
    return render(request, "goals/words.html", {"goal": goal, "form": form}, status=422 if form.errors else 200)


@login_required
def date(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    form = DueForm(request.POST or None, zone=_zone(request, goal), initial={"due": goal.due})
    if request.method == "POST" and form.is_valid():
        actions.set_due(goal=goal, by=request.user, **form.cleaned_data)
        return redirect("goals:goal", goal.pk)
    context = {"goal": goal, "line": line_of(request.user, goal.pk), "form": form, "words": wording}
    return render(request, "goals/date.html", context, status=422 if form.errors else 200)


@login_required
def end(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    """Split it or let it go: two forms, told apart by what they send."""
    goal = goal_for(request.user, goal_id)
    ensure_decides(request.user, goal)
    dropping, splitting = "reason" in request.POST, "sentence_1" in request.POST
    drop = DropForm(request.POST if dropping else None)
    split = SplitForm(request.POST if splitting else None, zone=_zone(request, goal))
    if dropping and drop.is_valid():
        actions.drop_goal(goal=goal, by=request.user, reason=drop.cleaned_data["reason"])
        return redirect("goals:goal", goal.pk)
    if splitting and split.is_valid():
        actions.split_goal(goal=goal, by=request.user, parts=split.parts)
        messages.success(request, _("Split. Each part wants a measure of its own."))
        return redirect("goals:list", goal.relationship_id)
    context = {"goal": goal, "line": line_of(request.user, goal.pk), "drop": drop, "split": split}
    return render(request, "goals/end.html", context, status=422 if dropping or splitting else 200)


@login_required
@require_POST
def reach(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    actions.reach_goal(goal=goal, by=request.user)
    messages.success(request, _("Reached. That is worth a moment together."))
    return redirect("goals:goal", goal.pk)


@login_required
@require_POST
def reopen(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    actions.reopen_goal(goal=goal, by=request.user)
    return redirect("goals:goal", goal.pk)


@login_required
@require_POST
def share(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    goal = goal_for(request.user, goal_id)
    actions.share_goal(goal=goal, by=request.user)
    messages.success(request, _("Shared. Everybody in this relationship sees it now, with all that was recorded."))
    return redirect("goals:goal", goal.pk)


@login_required
@require_POST
def asked(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    """Being asked about it by mail, or no more."""
    goal = goal_for(request.user, goal_id)
    if "stop" in request.POST:
        actions.be_asked_no_more(goal_id=goal.pk, person_id=request.user.pk)
        messages.success(request, _("You are not asked about it by mail any more."))
    else:
        actions.be_asked(goal=goal, by=request.user)
        messages.success(
            request, _("While it is quiet, you are asked by mail once a week. Two without an answer, and it stops.")
        )
    return redirect("goals:goal", goal.pk)


@login_required
def milestone(request: PersonRequest, milestone_id: UUID) -> HttpResponse:
    """Another date for it, or off the list."""
    found = milestone_for(request.user, milestone_id)
    dropping = "drop" in request.POST
    form = DueForm(
        None if dropping else request.POST or None, zone=_zone(request, found.goal), initial={"due": found.due}
    )
    if dropping:
        actions.drop_milestone(milestone=found, by=request.user)
        return redirect("goals:goal", found.goal_id)
    if request.method == "POST" and form.is_valid():
        actions.move_milestone(milestone=found, by=request.user, **form.cleaned_data)
        return redirect("goals:goal", found.goal_id)
    context = {"milestone": found, "goal": found.goal, "form": form}
    return render(request, "goals/milestone.html", context, status=422 if form.errors else 200)
