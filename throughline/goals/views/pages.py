"""One goal: its page with its chart, and the line that records progress."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.foundation.places import back_of
from throughline.goals import actions, wording
from throughline.goals.access import decides, goal_for, point_for
from throughline.goals.actions import Evidence
from throughline.goals.domain.lines import UnclearLineError
from throughline.goals.forms.fields import evidence_in
from throughline.goals.forms.recording import CorrectForm, RecordForm
from throughline.goals.models import Goal
from throughline.goals.queries.evidence import key_in
from throughline.goals.queries.page import goal_page_of
from throughline.goals.views.lists import recorded, uuid_in
from throughline.relationships.access import is_open


@login_required
def goal(request: PersonRequest, goal_id: UUID) -> HttpResponse:
    """Reads; and takes a line of progress."""
    found = goal_for(request.user, goal_id)
    if request.method == "POST":
        return _record(request, found)
    actions.note_opening(goal=found, by=request.user)
    return _page(request, found, RecordForm())


@login_required
@require_POST
def line(request: PersonRequest) -> HttpResponse:
    """The same from anywhere else: the form says which goal."""
    return _record(request, goal_for(request.user, uuid_in(request.POST.get("goal", ""))))


def _record(request: PersonRequest, found: Goal) -> HttpResponse:
    form = RecordForm(request.POST)
    if form.is_valid():
        try:
            values = form.cleaned_data
            actions.record_line(
                goal=found, by=request.user, line=values["line"], day=values["day"], evidence=evidence_in(values),
                beside=values["beside"], once=values["once"],
            )  # fmt: skip
            return recorded(request, found.pk)
        except (UnclearLineError, actions.FutureDayError) as error:
            form.refuse(error, goal_page_of(request.user, found).line.picture.unit)
    return _page(request, found, form)


def _page(request: PersonRequest, found: Goal, form: RecordForm) -> HttpResponse:
    page = goal_page_of(request.user, found, after=_after(request))
    context: dict[str, Any] = {
        "page": page,
        "goal": page.line,
        "form": form,
        "back": back_of(request),
        "decides": decides(request.user.pk, found),
        "open": is_open(found.relationship_id),
        "words": wording,
    }
    return render(request, "goals/goal.html", context, status=422 if form.errors else 200)


def _after(request: PersonRequest) -> int:
    """How many of the newest points somebody has read; what is no number is none."""
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


@login_required
def correct(request: PersonRequest, point_id: UUID) -> HttpResponse:
    point = point_for(request.user, point_id)
    entry = point.entry
    initial = {"seen": point.corrections, "day": point.day, "note": entry.get("note"), "link": entry.get("link")}
    initial["value"] = wording.amount(entry["value"]).replace(",", "") if "value" in entry else None
    form = CorrectForm(request.POST or None, point=point, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data
            actions.correct_point(
                point=point, by=request.user, seen=values["seen"], value=values.get("value"), note=values["note"],
                day=values["day"], evidence=Evidence(values["link"], key_in(entry)),
            )  # fmt: skip
            messages.success(request, _("Corrected. What it said before stays on record."))
            return redirect("goals:goal", point.goal_id)
        except actions.MeanwhileCorrectedError:
            form.add_error(None, _("Somebody has corrected it meanwhile. Look at what it says now, and send again."))
        except (UnclearLineError, actions.FutureDayError) as error:
            form.refuse(error)
    context = {"point": point, "goal": point.goal, "form": form}
    return render(request, "goals/correct.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: PersonRequest, point_id: UUID) -> HttpResponse:
    point = point_for(request.user, point_id)
    actions.withdraw_point(point=point, by=request.user)
    messages.success(request, _("Taken back. It no longer counts, and stays on record."))
    return redirect("goals:goal", point.goal_id)
