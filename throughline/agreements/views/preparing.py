"""Preparing apart, step by step; then both side by side, and the first draft with one tap for each part."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.agreements.access import NotNowError
from throughline.agreements.actions import ShownAlreadyError, draft_from, keep_answer, show_answers, words_from
from throughline.agreements.domain.descriptions import TITLES, WORDS_TITLE
from throughline.agreements.domain.preparing import MINUTES, QUESTIONS, STEPS, WORDS, next_step
from throughline.agreements.domain.terms import PartKind
from throughline.agreements.forms.preparing import StepForm
from throughline.agreements.forms.typed import PartTyping
from throughline.agreements.queries.draft import draft_of
from throughline.agreements.queries.preparing import own_preparing, shown_preparing, who_has_shown, written_kinds
from throughline.agreements.queries.wording import say
from throughline.agreements.views.frame import frame
from throughline.agreements.views.typing import setting_for, who_sees
from throughline.relationships.access import relationship_for


@login_required
def prepare(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """What there is to think over, what is answered, and the one next act."""
    context = frame(request.user, relationship_for(request.user, relationship_id))
    own = own_preparing(relationship_id, request.user.pk)
    shown = who_has_shown([relationship_id]).get(relationship_id, frozenset())
    steps = [
        {"step": step, "title": title_of(step), "minutes": MINUTES[step], "answered": step in own.answered}
        for step in STEPS
    ]
    more = {
        "own": own,
        "steps": steps,
        "left": sum(MINUTES[step] for step in STEPS if step not in own.answered),
        "next": next_step(own.answered),
        "shown_by": [member.called for member in context["others"] if member.person_id in shown],
    }
    return render(request, "agreements/prepare.html", {**context, **more})


@login_required
def step(request: PersonRequest, relationship_id: UUID, step: str) -> HttpResponse:
    """One step; POST keeps it as it is typed. A browser that saves by itself asks for no page back."""
    if step not in STEPS:
        raise Http404
    relationship = relationship_for(request.user, relationship_id)
    context = frame(request.user, relationship)
    form = StepForm(step, setting_for(request.user, context, draft_of(relationship_id)))
    own = own_preparing(relationship_id, request.user.pk)
    if request.method == "POST":
        return _keep(request, relationship, step, form.sent(request.POST), own.answered)
    if own.shown_at:
        return redirect("agreements:side-by-side", relationship_id)
    more = {
        "step": step,
        "title": title_of(step),
        "number": STEPS.index(step) + 1,
        "of": len(STEPS),
        "minutes": MINUTES[step],
        "questions": [say(question) for question in QUESTIONS[step]],
        "seen": who_sees(),
        "form": form.shown(own.answers.get(step, {})),
        "before": STEPS[STEPS.index(step) - 1] if step != STEPS[0] else None,
    }
    return render(request, "agreements/step.html", {**context, **more})


def _keep(request: PersonRequest, relationship: Any, step: str, typed: Any, answered: set[str]) -> HttpResponse:
    quietly = "X-Autosave" in request.headers
    try:
        keep_answer(by=request.user, relationship=relationship, step=step, typed=typed)
    except (NotNowError, ShownAlreadyError) as refusal:
        if quietly:
            return HttpResponse(status=409)
        messages.error(request, str(refusal) or _("You have shown your answers; the draft is where they change now."))
        return redirect("agreements:prepare", relationship.pk)
    if quietly:
        return HttpResponse(status=204)
    follows = next_step(answered | {step}, after=step)
    if follows is None or "later" in request.POST:
        return redirect("agreements:prepare", relationship.pk)
    return redirect("agreements:step", relationship.pk, follows)


@login_required
@require_POST
def show(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    try:
        show_answers(by=request.user, relationship=relationship)
    except NotNowError as refusal:
        messages.error(request, str(refusal))
        return redirect("agreements:prepare", relationship_id)
    return redirect("agreements:side-by-side", relationship_id)


@login_required
def side_by_side(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """GET lays the shown answers side by side; POST makes a part of the draft from those of `from`."""
    relationship = relationship_for(request.user, relationship_id)
    context = frame(request.user, relationship)
    if own_preparing(relationship_id, request.user.pk).shown_at is None:
        return redirect("agreements:prepare", relationship_id)
    if request.method == "POST":
        return _take(request, relationship, context)
    setting = setting_for(request.user, context, draft_of(relationship_id))
    shown = {one.person_id: one for one in shown_preparing(relationship_id)}
    people = [member for member in context["members"] if member.person_id in shown]
    people.sort(key=lambda member: member.person_id != request.user.pk)
    written = written_kinds(relationship_id)
    rows = [_row(step, setting, people, shown, written) for step in STEPS]
    missing = [member.called for member in context["others"] if member.person_id not in shown]
    more = {"rows": rows, "people": people, "missing": missing}
    return render(request, "agreements/side_by_side.html", {**context, **more})


def _row(step: str, setting: Any, people: Any, shown: Any, written: set[str]) -> dict[str, Any]:
    """One part: what each says about it, and whether the draft has something of it."""
    form = StepForm(step, setting)
    columns = [
        {
            "preparing_id": shown[member.person_id].preparing_id,
            "member": member,
            "lines": form.lines(shown[member.person_id].answers.get(step, {})),
        }
        for member in people
    ]
    taken = any(step in shown[member.person_id].taken for member in people) if step == WORDS else step in written
    return {"step": step, "title": title_of(step), "columns": columns, "taken": taken}


def _take(request: PersonRequest, relationship: Any, context: Any) -> HttpResponse:
    step, chosen = request.POST.get("step", ""), _ids(request.POST.get("from", ""))
    if step not in STEPS or not chosen:
        raise Http404
    try:
        if step == WORDS:
            words_from(by=request.user, relationship=relationship, preparing_ids=chosen)
        else:
            typing = PartTyping(PartKind(step), setting_for(request.user, context, draft_of(relationship.pk)))
            draft_from(by=request.user, relationship=relationship, typing=typing, preparing_ids=chosen)
    except NotNowError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(part)s” is in the draft.") % {"part": title_of(step)})
    return redirect(f"{request.path}#{step}")


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(word) for word in text.split(",")][:20]
    except ValueError:
        return []


def title_of(step: str) -> str:
    return say(WORDS_TITLE if step == WORDS else TITLES[PartKind(step)])
