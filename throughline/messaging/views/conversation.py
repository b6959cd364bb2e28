"""The page of a conversation: the newest messages, or those around another place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from throughline.accounts.access import PersonRequest
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.messaging.access import conversation_for
from throughline.messaging.actions import CannotSendError, choose_sending_key, keep_file, mark_seen, send_message
from throughline.messaging.domain.limits import LARGEST_FILE, MOST_FILES, PAGE, SIGNS
from throughline.messaging.domain.promises import is_overdue
from throughline.messaging.domain.reading import Said, day_beginnings, is_answered, seen_at
from throughline.messaging.forms import MessageForm, SendingKeyForm
from throughline.messaging.models import SendsBy
from throughline.messaging.queries import (
    Line,
    Quoted,
    last_words_of,
    messages_before,
    place_of,
    quoted_in,
    seen_by,
    sending_key_of,
)
from throughline.notices.queries import who_get_words
from throughline.relationships.access import is_open
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.relationships.models import Relationship


@login_required
def conversation(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = conversation_for(request.user, relationship_id)
    if request.method != "POST":
        return _page(request, relationship, MessageForm(initial={"answers": request.GET.get("answer")}))
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _send(request, relationship, form)
            return redirect("messaging:conversation", relationship_id)
        except CannotSendError as error:
            form.add_error("text", str(error))
    form.data = request.POST.copy()
    form.data["client_id"] = str(new_id())  # what is sent next is another message
    return _page(request, relationship, form)


def _send(request: PersonRequest, relationship: Relationship, form: MessageForm) -> None:
    """Each file is the same one when the form is sent again. Raises CannotSendError."""
    said = dict(form.cleaned_data)
    given = said.pop("enclosed")
    kept = [
        keep_file(
            relationship=relationship,
            by=request.user,
            name=file.name or "",
            content=file.read(LARGEST_FILE + 1),
            client_id=uuid5(said["client_id"], str(number)),
        ).pk
        for number, file in enumerate(given[:MOST_FILES])
    ]
    send_message(relationship=relationship, by=request.user, files=kept, **said)


@login_required
@require_POST
def seen(request: PersonRequest, relationship_id: UUID, number: int) -> HttpResponse:
    """Said by hand where no script can tell that somebody looks."""
    mark_seen(relationship=conversation_for(request.user, relationship_id), by=request.user, number=number)
    return redirect("messaging:conversation", relationship_id)


@login_required
@require_POST
def sends_by(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """Which key sends, from now on and everywhere."""
    relationship = conversation_for(request.user, relationship_id)
    form = SendingKeyForm(request.POST)
    if not form.is_valid():
        raise Http404  # no page of ours offers it
    choose_sending_key(by=request.user, key=SendsBy(form.cleaned_data["key"]))
    return redirect("messaging:conversation", relationship.pk)


def _page(request: PersonRequest, relationship: Relationship, form: MessageForm) -> HttpResponse:
    newest, change = place_of(relationship.pk)
    before = _before(request, newest)
    lines = messages_before(relationship.pk, before)
    markers = seen_by(relationship.pk)
    context: dict[str, Any] = {
        "relationship_id": relationship.pk,
        "mode": relationship.mode,
        "others": [member for member in members_of(relationship.pk) if member.person_id != request.user.pk],
        "lines": lines,
        "earlier": lines[0].number if len(lines) == PAGE and lines[0].number > 1 else None,
        "later": before + PAGE if before else None,
        "latest": not before,
        "change": change,
        "signs": SIGNS,
        "replied": _replied(request, relationship, form),
        "own_seen": markers.get(request.user.pk, 0),
        "open": is_open(relationship.pk),
        "form": form,
        **_beside(lines, request.user.pk, request.user.zone, relationship, markers),
    }
    context["words_to"] = who_get_words([each.person_id for each in context["others"]], relationship.pk)
    answer = render(request, "messaging/conversation.html", context, status=422 if form.errors else 200)
    patch_cache_control(answer, no_store=True)  # after signing out, "back" shows nothing of it
    return answer


def _before(request: PersonRequest, newest: int) -> int | None:
    """The page is what comes before this number; None where that is the newest page."""
    around = _number(request, "around")
    before = _number(request, "before") or (around + PAGE // 2 if around else 0)
    return before if 0 < before <= newest else None


def _number(request: PersonRequest, name: str) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 18 else 0


def _replied(request: PersonRequest, relationship: Relationship, form: MessageForm) -> Quoted | None:
    """What is about to be replied to: as the page was asked for, or as the form came back."""
    return quoted_in(relationship.pk, form["answers"].value() if form.is_bound else request.GET.get("answer", ""))


def _beside(
    lines: list[Line], me: UUID, zone: str, relationship: Relationship, markers: dict[UUID, int]
) -> dict[str, Any]:
    said = [Said(line.number, line.sender_id, line.sent_at) for line in lines]
    last_words = last_words_of(relationship.pk) if any(line.please_answer for line in lines) else {}
    return {
        "sends": sending_key_of(me),
        "days": day_beginnings(said, ZoneInfo(zone)),
        "seen_at": seen_at(said, me, markers),
        "overdue": {
            line.number
            for line in lines
            if line.please_answer
            and line.sender_id != me
            and is_overdue(line.answer_by, line.promised, me, clock.now())
        },
        "answered": {each.number for each in said if is_answered(each, last_words)},
    }
