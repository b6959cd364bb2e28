"""Texts to begin with: five of them, each taken with one tap and changed freely."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.agreements.access import NotNowError
from throughline.agreements.actions import begin_part_with, begin_with
from throughline.agreements.domain.starting import TEXTS, StartingText
from throughline.agreements.forms.typed import PartTyping
from throughline.agreements.queries.draft import draft_of
from throughline.agreements.queries.wording import say
from throughline.agreements.views.frame import frame
from throughline.agreements.views.typing import kind_of, setting_for, typing_for
from throughline.relationships.access import relationship_for


@login_required
def starting_texts(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """GET shows all five; POST begins with one."""
    relationship = relationship_for(request.user, relationship_id)
    context = frame(request.user, relationship)
    if request.method != "POST":
        return render(request, "agreements/starting_texts.html", {**context, "texts": TEXTS.values(), "say": say})
    text = _text(request)
    setting = setting_for(request.user, context, draft_of(relationship_id))
    typings = {kind.value: PartTyping(kind, setting) for kind in text.parts}
    try:
        filled = begin_with(by=request.user, relationship=relationship, text=text, typings=typings)
    except NotNowError as refusal:
        messages.error(request, str(refusal))
        return redirect("agreements:agreement", relationship_id)
    messages.success(request, _filled(filled))
    return redirect("agreements:agreement", relationship_id)


@login_required
@require_POST
def begin_part(request: PersonRequest, relationship_id: UUID, kind: str) -> HttpResponse:
    """Fill one part with a starting text, where it is empty."""
    relationship = relationship_for(request.user, relationship_id)
    typing = typing_for(request.user, frame(request.user, relationship), kind_of(kind))
    try:
        begin_part_with(by=request.user, relationship=relationship, text=_text(request), typing=typing)
    except NotNowError as refusal:
        messages.error(request, str(refusal))
    return redirect("agreements:part", relationship_id, typing.kind)


def _text(request: PersonRequest) -> StartingText:
    text = TEXTS.get(request.POST.get("text", ""))
    if text is None:
        raise Http404
    return text


def _filled(filled: int) -> str:
    if filled:
        return _("There is something to start from now. Change it until it is yours.")
    return _("Nothing was changed: you have begun all of it already.")
