"""A quarter's goals on a page, and goals as files to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from throughline.accounts.access import PersonRequest
from throughline.foundation import clock
from throughline.foundation.paper import CannotSetError
from throughline.goals.domain.filed import COLUMNS, history_text
from throughline.goals.domain.quarters import quarter_of, read_quarter
from throughline.goals.queries.along import Plain, taken_along
from throughline.goals.queries.review import review_of
from throughline.goals.queries.sheet import review_paper
from throughline.relationships.access import relationship_for
from throughline.relationships.queries import members_of

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@login_required
@require_GET
def review(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    today = clock.today_in(request.user.zone)
    quarter = read_quarter(request.GET.get("quarter", "")) or quarter_of(today)
    members = members_of(relationship.pk)
    context = {
        "relationship_id": relationship.pk,
        "review": review_of(request.user, relationship.pk, quarter),
        "names": {member.person_id: member.called for member in members},
        "between": [member.called for member in members],
        "is_last": quarter >= quarter_of(today),
    }
    return render(request, "goals/review.html", context)


@login_required
@require_GET
def paper(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """The same on one page, typeset for whoever asks and kept nowhere."""
    relationship = relationship_for(request.user, relationship_id)
    quarter = read_quarter(request.GET.get("quarter", "")) or quarter_of(clock.today_in(request.user.zone))
    try:
        content = review_paper(request.user, relationship.pk, quarter)
    except CannotSetError:
        messages.error(request, _("The PDF could not be made. You can print this page instead."))
        return redirect(reverse("goals:review", args=[relationship.pk]) + f"?quarter={quarter}")
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="goals-{quarter}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_GET
@never_cache
def as_json(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    answer = JsonResponse({"format": 2, "goals": taken_along(request.user, relationship.pk)})
    answer["Content-Disposition"] = 'attachment; filename="goals.json"'
    return answer


@login_required
@require_GET
@never_cache
def as_csv(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """A line for each milestone and each point; a goal without any has one line."""
    relationship = relationship_for(request.user, relationship_id)
    text = io.StringIO()
    out = csv.DictWriter(text, COLUMNS)
    out.writeheader()
    for goal in taken_along(request.user, relationship.pk):
        for line in _lines(goal):
            out.writerow({name: _harmless(line.get(name)) for name in COLUMNS})
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="goals.csv"'
    return answer


def _lines(goal: Plain) -> Iterator[Plain]:
    """The goal's history stands on its first line alone."""
    about = goal | (goal["levels"] or {}) | {"goal": goal["sentence"], "owner": goal["owner_name"]}
    steps = {
        step["id"]: {"milestone": step["words"], "milestone_due": step["due"], "milestone_first_due": step["first_due"]}
        for step in goal["milestones"]
    }
    rows = list(steps.values())
    for point in goal["points"]:
        said = point | steps.get(point.get("milestone_id"), {}) | {"recorded_by": point["by_name"]}
        rows.append(said | {"point_history": history_text(point.get("history", []))})
    for place, row in enumerate(rows or [{}]):
        yield about | ({"goal_history": history_text(goal["history"])} if not place else {}) | row


def _harmless(cell: object) -> object:
    """A spreadsheet runs text that begins like a formula: an apostrophe before it says that it is text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell
