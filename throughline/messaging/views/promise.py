"""Saying by which day one answers a message."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from throughline.accounts.access import PersonRequest
from throughline.accounts.queries import availability_of
from throughline.foundation import clock
from throughline.messaging.access import message_for
from throughline.messaging.actions import CannotSendError, promise_answer
from throughline.messaging.domain.promises import suggested
from throughline.messaging.forms import PromiseForm
from throughline.messaging.kinds import address_of_message
from throughline.messaging.models import Message
from throughline.messaging.queries import lines_of, waits_for
from throughline.relationships.access import is_open
from throughline.relationships.queries import members_of


@login_required
def promise(request: PersonRequest, message_id: UUID) -> HttpResponse:
    found = message_for(request.user, message_id)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            promise_answer(message=found, by=request.user, day=form.cleaned_data["day"])
        except CannotSendError as error:
            form.add_error("day", str(error))
        else:
            messages.success(request, _("%(name)s sees by when you answer.") % {"name": found.sender.called})
            return redirect(address_of_message(found))
    return _page(request, found, form)


def _page(request: PersonRequest, found: Message, form: PromiseForm) -> HttpResponse:
    [line] = lines_of([found])
    context = {
        "relationship_id": found.relationship_id,
        "line": line,
        "others": [each for each in members_of(found.relationship_id) if each.person_id != request.user.pk],
        "own": next((one for one in line.promised if one.person_id == request.user.pk and one.open), None),
        "waits": waits_for(found, request.user.pk) and is_open(found.relationship_id),
        "mode": found.relationship.mode,
        "days": suggested(clock.today_in(request.user.zone), availability_of(request.user).working_days),
        "address": address_of_message(found),
        "form": form,
    }
    answer = render(request, "messaging/promise.html", context, status=422 if form.errors else 200)
    patch_cache_control(answer, no_store=True)
    return answer
