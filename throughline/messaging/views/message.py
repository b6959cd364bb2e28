"""One message: all its wordings, and what can be done with it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from throughline.accounts.access import PersonRequest
from throughline.messaging.access import message_for
from throughline.messaging.actions import CannotSendError, delete_message, edit_message, react
from throughline.messaging.domain.limits import SIGNS
from throughline.messaging.forms import SignForm, WordsForm
from throughline.messaging.kinds import address_of_message
from throughline.messaging.models import Message
from throughline.messaging.queries import earlier_words_of, letter_of, lines_of, text_of_letter
from throughline.relationships.access import is_open
from throughline.relationships.queries import members_of


@login_required
def message(request: PersonRequest, message_id: UUID) -> HttpResponse:
    """GET shows it; POST gives it other words."""
    found = message_for(request.user, message_id)
    if request.method != "POST":
        return _page(request, found, WordsForm(initial={"text": found.text}))
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            edit_message(message=found, by=request.user, text=form.cleaned_data["text"])
            return redirect(address_of_message(found))
        except CannotSendError as error:
            form.add_error("text", str(error))
    return _page(request, found, form)


@login_required
@require_POST
def sign(request: PersonRequest, message_id: UUID) -> HttpResponse:
    found = message_for(request.user, message_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        raise Http404  # no page of ours offers it
    try:
        react(message=found, by=request.user, sign=form.cleaned_data["sign"])
    except CannotSendError as error:
        messages.error(request, str(error))
    return redirect(address_of_message(found))


@login_required
@require_POST
def delete(request: PersonRequest, message_id: UUID) -> HttpResponse:
    found = message_for(request.user, message_id)
    try:
        delete_message(message=found, by=request.user)
    except CannotSendError as error:
        messages.error(request, str(error))
    return redirect(address_of_message(found))


@login_required
@require_safe
def letter(request: PersonRequest, message_id: UUID) -> HttpResponse:
    """The mail as it came, to be kept or opened elsewhere: never shown by the browser as a page of ours."""
    found = letter_of(message_for(request.user, message_id))
    if found is None:
        raise Http404
    answer = HttpResponse(found.raw, content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="mail.eml"'
    patch_cache_control(answer, no_store=True)
    return answer


def _page(request: PersonRequest, found: Message, form: WordsForm) -> HttpResponse:
    [line] = lines_of([found])
    context = {
        "relationship_id": found.relationship_id,
        "line": line,
        "others": [each for each in members_of(found.relationship_id) if each.person_id != request.user.pk],
        "earlier": list(earlier_words_of(found)),
        "since": found.edited_at or found.sent_at,
        "own_sign": next((sign for sign, people in line.signs if request.user.pk in people), ""),
        "signs": SIGNS,
        "open": is_open(found.relationship_id),
        "address": address_of_message(found),
        "form": form,
        "letter": text_of_letter(found),
    }
    answer = render(request, "messaging/message.html", context, status=422 if form.errors else 200)
    patch_cache_control(answer, no_store=True)
    return answer
