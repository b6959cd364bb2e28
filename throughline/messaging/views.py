"""The page of a conversation. It reads, and sends, without scripts; with them it is live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.foundation.ids import new_id
from throughline.messaging.access import conversation_for
from throughline.messaging.actions import CannotSendError, mark_seen, send_message
from throughline.messaging.domain.limits import PAGE
from throughline.messaging.domain.reading import Said, day_beginnings, is_answered, seen_at
from throughline.messaging.forms import MessageForm
from throughline.messaging.queries import Line, last_words_of, messages_before, seen_by
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
    form.data = request.POST.copy()
    form.data["client_id"] = str(new_id())  # what is sent next is another message
    return _page(request, relationship, form)


@login_required
@require_POST
def seen(request: PersonRequest, relationship_id: UUID, number: int) -> HttpResponse:
    """Said by hand where no script can tell that somebody looks."""
    mark_seen(relationship=conversation_for(request.user, relationship_id), by=request.user, number=number)
    return redirect("messaging:conversation", relationship_id)


def _page(request: PersonRequest, relationship: Relationship, form: MessageForm) -> HttpResponse:
    before = request.GET.get("before", "")
    lines = messages_before(relationship.pk, int(before) if before.isdecimal() and len(before) < 18 else None)
    markers = seen_by(relationship.pk)
    context: dict[str, Any] = {
        "relationship_id": relationship.pk,
        "mode": relationship.mode,
        "others": [member for member in members_of(relationship.pk) if member.person_id != request.user.pk],
        "lines": lines,
        "earlier": lines[0].number if len(lines) == PAGE and lines[0].number > 1 else None,
        "latest": not before,
        "own_seen": markers.get(request.user.pk, 0),
        "open": is_open(relationship.pk),
        "form": form,
        **_beside(lines, request.user.pk, request.user.zone, relationship, markers),
    }
    answer = render(request, "messaging/conversation.html", context, status=422 if form.errors else 200)
    patch_cache_control(answer, no_store=True)  # after signing out, "back" shows nothing of it
    return answer


def _beside(
    lines: list[Line], me: UUID, zone: str, relationship: Relationship, markers: dict[UUID, int]
) -> dict[str, Any]:
    said = [Said(line.number, line.sender_id, line.sent_at) for line in lines]
    last_words = last_words_of(relationship.pk) if any(line.please_answer for line in lines) else {}
    return {
        "days": day_beginnings(said, ZoneInfo(zone)),
        "seen_at": seen_at(said, me, markers),
        "answered": {each.number for each in said if is_answered(each, last_words)},
    }
