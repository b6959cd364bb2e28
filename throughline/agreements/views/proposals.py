"""Proposed changes: one is written, read, agreed to, declined, answered with another, or taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from throughline.accounts.access import PersonRequest, fresh_proof, proof_address
from throughline.agreements.access import NotNowError, proposal_for
from throughline.agreements.actions import (
    ClosedError,
    NotAcknowledgedError,
    NothingNewError,
    StaleError,
    UnfitError,
    agree_to_change,
    decline_change,
    propose_change,
    withdraw_change,
)
from throughline.agreements.domain.descriptions import MODE_NAMES, who_can_see
from throughline.agreements.domain.fields import sound
from throughline.agreements.domain.terms import Mode
from throughline.agreements.forms import FORMS
from throughline.agreements.forms.acknowledging import ticked_in
from throughline.agreements.forms.proposing import AnswerForm, ReasonForm
from throughline.agreements.queries.acknowledging import Tick, never_acknowledged, still_to_acknowledge, ticks_of
from throughline.agreements.queries.force import terms_of
from throughline.agreements.queries.proposals import part_of, proposal_page_of, proposals_of, version_now
from throughline.agreements.queries.sections import section_of
from throughline.agreements.queries.wording import say
from throughline.agreements.views.frame import frame
from throughline.agreements.views.ticks import keep_ticks, ticked_on
from throughline.agreements.views.typing import kind_of, setting_for
from throughline.relationships.access import relationship_for


@login_required
@require_GET
def proposals(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    context = {**frame(request.user, relationship), "proposals": proposals_of(relationship_id)}
    return render(request, "agreements/proposals.html", context)


@login_required
def propose(request: PersonRequest, relationship_id: UUID, kind: str) -> HttpResponse:
    """The part as it is in force (or as the proposal says that this one answers), to be changed."""
    relationship = relationship_for(request.user, relationship_id)
    answers = _answered(request, relationship_id, kind)
    context = frame(request.user, relationship) | {"kind": kind_of(kind), "answers": answers}
    in_force = version_now(context["agreement"].pk) if context["agreement"] else None
    if in_force is None or context["damaged"]:
        return redirect("agreements:part", relationship_id, kind)
    context["asked"] = never_acknowledged(in_force, request.user.pk)
    form, reason = _forms(request, context, in_force)
    if request.method != "POST":
        return _form_page(request, context, form, reason, 200)
    if not (form.is_valid() and reason.is_valid()) or form.part is None:
        return _form_page(request, context, form, reason, 422)
    try:
        made = propose_change(
            by=request.user, relationship=relationship, part=form.part, **_given(request, context, reason)
        )
    except (NotNowError, NothingNewError, UnfitError, ClosedError) as refusal:
        for sentence in _why(refusal):
            form.add_error(None, sentence)
        return _form_page(request, context, form, reason, 409)
    messages.success(request, _("Proposed. What is in force stays until all of you have signed."))
    return redirect("agreements:proposal", relationship_id, made.pk)


@login_required
def proposal(request: PersonRequest, relationship_id: UUID, proposal_id: UUID) -> HttpResponse:
    found = proposal_for(request.user, relationship_id, proposal_id)
    act = _ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return _page(request, found, AnswerForm(), 200)
    if act is _agree and fresh_proof(request) is None:
        keep_ticks(request)
        return redirect(proof_address(reverse("agreements:proposal", args=[relationship_id, proposal_id])))
    form = AnswerForm(request.POST)
    if act is _decline and not form.is_valid():
        return _page(request, found, form, 422)
    try:
        messages.success(request, act(request, found, form))
    except NotAcknowledgedError as refusal:
        return _page(request, found, form, 422, untouched=refusal.missing)
    except StaleError:
        return _page(request, found, form, 409, nothing_signed=True)
    except (NotNowError, ClosedError, UnfitError) as refusal:
        for sentence in _why(refusal):
            messages.error(request, sentence)
    return redirect("agreements:proposal", relationship_id, proposal_id)


def _agree(request: PersonRequest, found: Any, form: AnswerForm) -> str:
    proof = fresh_proof(request)
    assert proof is not None  # the view has asked
    shown = request.POST.get("digest", "")
    given = {"by": request.user, "relationship": found.relationship, "proposal_id": found.pk}
    if agree_to_change(**given, shown_digest=shown, proof=proof, acknowledged=ticked_in(request.POST)):
        return _("Signed by all of you: the change is in force.")
    return _("Signed. It comes into force as soon as everybody has agreed to exactly this.")


def _decline(request: PersonRequest, found: Any, form: AnswerForm) -> str:
    words = form.cleaned_data["words"]
    decline_change(by=request.user, relationship=found.relationship, proposal_id=found.pk, words=words)
    return _("Declined. Everything stays as it is in force.")


def _withdraw(request: PersonRequest, found: Any, form: AnswerForm) -> str:
    withdraw_change(by=request.user, relationship=found.relationship, proposal_id=found.pk)
    return _("Taken back. Everything stays as it is in force.")


_ACTS = {"agree": _agree, "decline": _decline, "withdraw": _withdraw}


def _why(refusal: Exception) -> list[str]:
    if isinstance(refusal, UnfitError):
        return [say(sentence) for sentence in refusal.sentences]
    if isinstance(refusal, NothingNewError):
        return [_("That is what is in force already. Change something, or go back.")]
    if isinstance(refusal, ClosedError):
        return [_("Somebody has answered this proposal or taken it back meanwhile. Nothing was changed by you.")]
    return [str(refusal)]


def _answered(request: PersonRequest, relationship_id: UUID, kind: str) -> Any:
    """The proposal for the same part that the new one answers, if the address or the form names one."""
    named = request.POST.get("answers") or request.GET.get("answers") or ""
    try:
        found = proposal_for(request.user, relationship_id, UUID(named)) if named else None
    except ValueError:
        return None
    return found if found and found.kind == kind else None


def _forms(request: PersonRequest, context: dict[str, Any], in_force: Any) -> Any:
    """The part's own form, filled with what is in force or with what is answered, and the reason."""
    kind, answers = context["kind"], context["answers"]
    part = part_of(answers) if answers else None
    data = request.POST if request.method == "POST" else None
    setting = setting_for(request.user, context, {})
    # An address may bring values along: a time that was found elsewhere. They are shown, to be sent or changed.
    offered = {name: value for name, value in request.GET.items() if name in FORMS[kind].base_fields and sound(value)}
    part = part or getattr(terms_of(in_force), kind.value)
    form = FORMS[kind](data, setting=setting, part=part, stamp=0, typed=offered)
    return form, ReasonForm(data)


def _given(request: PersonRequest, context: dict[str, Any], reason: ReasonForm) -> dict[str, Any]:
    counters_id = context["answers"].pk if context["answers"] else None
    return {"reason": reason.cleaned_data["reason"], "proof": fresh_proof(request), "counters_id": counters_id}


def _form_page(
    request: PersonRequest, context: dict[str, Any], form: Any, reason: ReasonForm, status: int
) -> HttpResponse:
    seen = [(say(MODE_NAMES[mode]), [(say(who), say(what)) for who, what in who_can_see(mode)]) for mode in Mode]
    more = {
        "form": form, "reason": reason, "seen": seen, "title": section_of(context["kind"], None).title,
        "proven": fresh_proof(request) is not None,
    }  # fmt: skip
    return render(request, "agreements/propose.html", {**context, **more}, status=status)


def _page(request: PersonRequest, found: Any, form: AnswerForm, status: int, **more: Any) -> HttpResponse:
    context = frame(request.user, found.relationship)
    page = proposal_page_of(found, reader_id=request.user.pk, members=context["members"])
    ticks: tuple[Tick, ...] = ()
    if page.open and page.outcome:
        asked = still_to_acknowledge(page.outcome, request.user.pk)
        ticks = ticks_of(page.outcome.content.terms.confidentiality, asked)
    more = {
        "nothing_signed": False, "proven": fresh_proof(request) is not None, "untouched": frozenset(),
        "ticked": ticked_on(request, page.digest), **more,
        "ticks": ticks,
    }  # fmt: skip
    return render(request, "agreements/proposal.html", {**context, "page": page, "form": form, **more}, status=status)
