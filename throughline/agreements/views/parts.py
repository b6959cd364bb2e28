"""One part of the draft: a plain form in which two people may write at once, and its fields as they type them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.agreements.access import NotNowError
from throughline.agreements.actions import Written, settle, write_fields, write_part
from throughline.agreements.domain.starting import TEXTS
from throughline.agreements.forms import PartForm
from throughline.agreements.forms.messages import TypedMessage, window_of
from throughline.agreements.forms.typed import PartTyping
from throughline.agreements.queries.fields import fields_of, values
from throughline.agreements.queries.force import version_in_force
from throughline.agreements.queries.obeyed import doing_of
from throughline.agreements.queries.sections import section_of
from throughline.agreements.queries.wording import say
from throughline.agreements.views.frame import frame
from throughline.agreements.views.typing import form_of, kind_of, notes_of, saying, standing, typing_for, who_sees
from throughline.relationships.access import relationship_for


@login_required
def part(request: PersonRequest, relationship_id: UUID, kind: str) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    context = frame(request.user, relationship) | {"kind": kind_of(kind)}
    typing = typing_for(request.user, context, context["kind"])
    if request.method != "POST":
        return _page(request, context, typing, form_of(standing(context, typing), typing, request.GET.dict()), 200)
    form = typing.form(request.POST)
    if not form.is_valid() or form.part is None:
        return _page(request, context, typing, form, 422)
    try:
        written = write_part(
            by=request.user,
            relationship=relationship,
            typing=typing,
            typed=typing.sent(form),
            read_at=form.cleaned_data["stamp"],
            window=window_of(request.POST.get("window")),
        )
    except NotNowError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, context, typing, form, 409)
    return _after(request, relationship_id, typing, written)


@login_required
@require_POST
def says(request: PersonRequest, relationship_id: UUID, kind: str) -> HttpResponse:
    """What the form that is being filled in will do; saves nothing."""
    relationship = relationship_for(request.user, relationship_id)
    context = frame(request.user, relationship) | {"kind": kind_of(kind)}
    typing = typing_for(request.user, context, context["kind"])
    return render(request, "agreements/says.html", {**context, "says": saying(typing.form(request.POST), typing)})


def _after(request: PersonRequest, relationship_id: UUID, typing: PartTyping, written: Written) -> HttpResponse:
    """Saved. Where two changes met, the part is shown once more, with what came of them."""
    if written.part is not None and not written.overtaken:
        messages.success(request, _("Saved."))
        return redirect("agreements:agreement", relationship_id)
    context = frame(request.user, relationship_for(request.user, relationship_id)) | {"kind": typing.kind}
    if written.part is None:
        form = typing.bound_to(values(fields_of(context["agreement"].pk, typing).now()), written.stamp)
        form.add_error(None, _("Both of you changed this at the same time, and together it does not fit yet."))
        return _page(request, context, typing, form, 409)
    messages.success(request, _("Saved. You both changed the same thing: yours stands, and the other is beside it."))
    return redirect("agreements:part", relationship_id, typing.kind)


@login_required
def fields(request: PersonRequest, relationship_id: UUID, kind: str) -> HttpResponse:
    """GET says how the fields stand; POST writes those that somebody is typing, and says the same."""
    relationship = relationship_for(request.user, relationship_id)
    context = frame(request.user, relationship)
    typing = typing_for(request.user, context, kind_of(kind))
    if request.method == "POST":
        message = TypedMessage.read(request.body)
        if message is None:
            return JsonResponse({"error": _("That could not be read.")}, status=422)
        try:
            write_fields(
                by=request.user, relationship=relationship, typing=typing, typed=message.typed, window=message.window
            )
        except NotNowError as refusal:
            return JsonResponse({"error": str(refusal)}, status=409)
        context = frame(request.user, relationship)
    return JsonResponse(_state(request, context, typing))


@login_required
@require_POST
def settled(request: PersonRequest, relationship_id: UUID, kind: str, overtaken_id: UUID) -> HttpResponse:
    """Take back what was overtaken ("restore"), or let it go."""
    relationship = relationship_for(request.user, relationship_id)
    typing = typing_for(request.user, frame(request.user, relationship), kind_of(kind))
    restore = request.POST.get("restore") == "yes"
    try:
        settle(by=request.user, relationship=relationship, typing=typing, overtaken_id=overtaken_id, restore=restore)
    except NotNowError as refusal:
        messages.error(request, str(refusal))
    return redirect("agreements:part", relationship_id, typing.kind)


def _state(request: PersonRequest, context: dict[str, Any], typing: PartTyping) -> dict[str, Any]:
    stand = standing(context, typing)
    notes = {"notes": notes_of(context, typing, request.user.pk), "id": context["relationship"].pk, "kind": typing.kind}
    return {
        "stamp": stand.stamp,
        "finished": stand.finished == stand.stamp and stand.stamp > 0,
        "fields": {
            name: {"value": field.value, "stamp": field.stamp, "by": str(field.by_id)}
            for name, field in stand.now().items()
        },
        "notes": render_to_string("agreements/overtaken.html", {**context, **notes}, request),
    }


def _page(
    request: PersonRequest, context: dict[str, Any], typing: PartTyping, form: PartForm, status: int
) -> HttpResponse:
    title = section_of(context["kind"], None).title
    more = {
        "form": form,
        "title": title,
        "seen": who_sees(),
        "notes": notes_of(context, typing, request.user.pk),
        "texts": [(text.key, say(text.title)) for text in TEXTS.values() if typing.kind in text.parts],
        "live_typing": version_in_force(context["relationship"].pk) is None,
        "empty": str(form["stamp"].value()) == "0",
        "doing": doing_of(context["kind"]),
        "says": saying(form, typing),
    }
    return render(request, "agreements/part.html", {**context, **more}, status=status)
