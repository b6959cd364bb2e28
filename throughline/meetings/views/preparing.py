"""What people do on a meeting's page beside joining: the agenda, what they have ready, the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from throughline.accounts.access import PersonRequest
from throughline.meetings import actions
from throughline.meetings.access import agenda_item_for, meeting_for
from throughline.meetings.domain.agenda import ItemEnd
from throughline.meetings.forms import AgendaForm, ReadyForm, WordsForm, thing_in
from throughline.meetings.views.meeting import meeting_page, to_talk_about
from throughline.relationships.things import Aside

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.meetings.models import Meeting


def _back(request: PersonRequest, found: Meeting, part: str) -> HttpResponse:
    """To the meeting's page, or to what stands beside a call's picture."""
    if "beside" in request.POST:
        return redirect("meetings:beside", found.pk)
    answer = redirect("meetings:meeting", found.pk)
    answer["Location"] += f"#{part}"
    return answer


@login_required
@require_GET
def beside(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """The agenda and the notes, for the side of a call: a part of that page, so that by itself it is the meeting's."""
    found = meeting_for(request.user, meeting_id)
    if "HX-Request" not in request.headers:
        return redirect("meetings:meeting", found.pk)
    return render(request, "meetings/aside.html", to_talk_about(request.user, found))


def meeting_aside(reader: Person, meeting_id: UUID) -> Aside:
    """The same, for the room of calls, which knows the meeting as a thing alone. Raises Http404."""
    return Aside("meetings/aside.html", to_talk_about(reader, meeting_for(reader, meeting_id)))


@login_required
@require_POST
def add(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Words from the form, a thing of another room, or an item of an earlier meeting: one of them."""
    found = meeting_for(request.user, meeting_id)
    try:
        if "thing" in request.POST:
            actions.add_thing_to_agenda(meeting=found, by=request.user, thing=thing_in(request.POST["thing"]))
        elif "carries" in request.POST:
            item = agenda_item_for(request.user, request.POST["carries"])
            actions.carry_over(item=item, to=found, by=request.user)
        else:
            form = AgendaForm(request.POST)
            if not form.is_valid():
                return meeting_page(request, found, 422, agenda_form=form)
            actions.add_to_agenda(meeting=found, by=request.user, **form.cleaned_data)
    except actions.CannotAddError as refusal:
        messages.error(request, str(refusal))
    return _back(request, found, "agenda")


@login_required
@require_POST
def end(request: PersonRequest, item_id: UUID, end: str) -> HttpResponse:
    """Talked about, taken off, or open again."""
    item = agenda_item_for(request.user, item_id)
    if end == "open":
        actions.take_back_end(item=item, by=request.user)
    elif end in (ItemEnd.COVERED, ItemEnd.DROPPED):
        actions.end_item(item=item, by=request.user, end=ItemEnd(end))
    else:
        raise Http404
    return _back(request, item.meeting, "agenda")


@login_required
@require_POST
def ready(request: PersonRequest, meeting_id: UUID, number: int) -> HttpResponse:
    found = meeting_for(request.user, meeting_id)
    form = ReadyForm(request.POST, prefix=str(number))
    if not form.is_valid():
        return meeting_page(request, found, 422, ready_form=(number, form))
    try:
        actions.post_preparation(meeting=found, by=request.user, number=number, words=form.cleaned_data["words"])
    except actions.NothingToPrepareError:
        form.add_error("words", _("The agreement asks something else of you by now. Your words are still here."))
        return meeting_page(request, found, 422, ready_form=(number, form))
    return _back(request, found, "prepare")


@login_required
@require_POST
def notes(request: PersonRequest, meeting_id: UUID) -> HttpResponse:
    """Begin them; with words, write those at their end."""
    found = meeting_for(request.user, meeting_id)
    form = WordsForm(request.POST)
    if "words" not in request.POST:
        actions.begin_notes(meeting=found, by=request.user)
    elif form.is_valid():
        actions.note_down(meeting=found, by=request.user, words=form.cleaned_data["words"])
    else:
        return meeting_page(request, found, 422, words_form=form)
    return _back(request, found, "notes")
