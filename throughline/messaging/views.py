"""The page of a conversation. It reads, and sends, without scripts; with them it is live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from throughline.accounts.access import PersonRequest
from throughline.messaging.access import conversation_for
from throughline.messaging.actions import CannotSendError, mark_seen, send_message
from throughline.messaging.domain.limits import LONGEST, PAGE
from throughline.messaging.forms import MessageForm
from throughline.messaging.queries import messages_before, seen_by
from throughline.relationships.access import is_open
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.relationships.models import Relationship


@login_required
def conversation(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = conversation_for(request.user, relationship_id)
    if request.method != "POST":
        return _page(request, relationship, MessageForm())
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            send_message(relationship=relationship, by=request.user, **form.cleaned_data)
            return redirect("messaging:conversation", relationship_id)
        except CannotSendError as error:
            form.add_error("text", str(error))
    return _page(request, relationship, form)


def _page(request: PersonRequest, relationship: Relationship, form: MessageForm) -> HttpResponse:
    before = request.GET.get("before", "")
    lines = messages_before(relationship.pk, int(before) if before.isdigit() and len(before) < 18 else None)
    seen = seen_by(relationship.pk)
    context: dict[str, Any] = {
        "relationship_id": relationship.pk,
        "others": [member for member in members_of(relationship.pk) if member.person_id != request.user.pk],
        "lines": lines,
        "earlier": lines[0].number if len(lines) == PAGE and lines[0].number > 1 else None,
        "latest": not before,
        "seen": seen,
        "own_seen": seen.get(request.user.pk, 0),
        "open": is_open(relationship.pk),
        "form": form,
        "longest": LONGEST,
    }
    if lines and not before:
        mark_seen(relationship=relationship, by=request.user, number=lines[-1].number)
    return render(request, "messaging/conversation.html", context, status=422 if form.errors else 200)
