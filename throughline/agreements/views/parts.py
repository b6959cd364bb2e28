"""One part of the draft: a plain form that keeps what both wrote when both write at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from throughline.accounts.access import PersonRequest
from throughline.agreements.access import NotNowError
from throughline.agreements.actions import MovedOnError, save_part
from throughline.agreements.domain.descriptions import MODE_NAMES, who_can_see
from throughline.agreements.domain.terms import Mode, PartKind, Schedule
from throughline.agreements.forms import FORMS, PartForm
from throughline.agreements.forms.base import Setting
from throughline.agreements.queries.draft import Saved, draft_of
from throughline.agreements.queries.sections import section_of
from throughline.agreements.queries.wording import say
from throughline.agreements.views.frame import frame
from throughline.foundation import clock
from throughline.relationships.access import relationship_for


@login_required
def part(request: PersonRequest, relationship_id: UUID, kind: str) -> HttpResponse:
    if kind not in PartKind._value2member_map_:
        raise Http404
    relationship = relationship_for(request.user, relationship_id)
    context = frame(request.user, relationship) | {"kind": PartKind(kind)}
    form = _form(request, context, draft_of(relationship_id))
    if request.method != "POST":
        return _page(request, context, form, 200)
    if not form.is_valid() or form.part is None:
        return _page(request, context, form, 422)
    try:
        save_part(by=request.user, relationship=relationship, part=form.part, stamp=form.cleaned_data["stamp"])
    except NotNowError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, context, form, 409)
    except MovedOnError as moved:
        form.with_stamp(moved.saved.stamp)
        return _page(request, context | {"moved": _moved(context, moved.saved)}, form, 409)
    messages.success(request, _("Saved."))
    return redirect("agreements:agreement", relationship_id)


def _form(request: PersonRequest, context: dict[str, Any], draft: dict[PartKind, Saved]) -> PartForm:
    kind = context["kind"]
    schedule = draft.get(PartKind.SCHEDULE)
    begins = schedule.part.first_meeting() if schedule and isinstance(schedule.part, Schedule) else None
    zones = (request.user.zone, *(member.zone for member in context["others"]))
    setting = Setting(clock.today_in(request.user.zone), zones, begins)
    saved = draft.get(kind)
    data = request.POST if request.method == "POST" else None
    return FORMS[kind](data, setting=setting, part=saved.part if saved else None, stamp=saved.stamp if saved else 0)


def _moved(context: dict[str, Any], saved: Saved) -> dict[str, Any]:
    """What the other person saved meanwhile, to stand beside what was typed here."""
    by = next((member.called for member in context["members"] if member.person_id == saved.by_id), "")
    return {"by": by, "at": saved.at, "section": section_of(context["kind"], saved.part)}


def _page(request: PersonRequest, context: dict[str, Any], form: PartForm, status: int) -> HttpResponse:
    seen = [(say(MODE_NAMES[mode]), [(say(who), say(what)) for who, what in who_can_see(mode)]) for mode in Mode]
    title = section_of(context["kind"], None).title
    return render(
        request,
        "agreements/part.html",
        {"moved": None, **context, "form": form, "title": title, "seen": seen},
        status=status,
    )
