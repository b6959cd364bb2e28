"""The only way to a meeting for a person: one of their own relationships', or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from throughline.meetings.domain.occasions import KIND
from throughline.meetings.kinds import REQUEST
from throughline.meetings.models import AgendaItem, ChangeRequest, Meeting
from throughline.relationships.access import is_member
from throughline.relationships.things import Thing

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def meeting_for(person: Person, meeting_id: UUID) -> Meeting:
    """The meeting with its states loaded. Raises Http404 to everybody who is not in its relationship."""
    found = (
        Meeting.objects.filter(pk=meeting_id)
        .select_related("relationship", "series", "settlement", "cancellation", "withdrawal", "skip", "report__answer")
        .first()
    )
    if found is None or not is_member(person.pk, found.relationship_id):
        raise Http404
    return found


def ensure_member(person: Person, relationship_id: UUID) -> None:
    """For actions. Raises Http404."""
    if not is_member(person.pk, relationship_id):
        raise Http404


def agenda_item_for(person: Person, item_id: UUID | str) -> AgendaItem:
    """Raises Http404 to everybody who is not in its relationship."""
    try:
        found = AgendaItem.objects.select_related("meeting").filter(pk=item_id).first()
    except ValidationError:
        found = None
    if found is None or not is_member(person.pk, found.relationship_id):
        raise Http404
    return found


def meeting_thing(person: Person, meeting_id: UUID) -> Thing:
    """A meeting as other rooms point at it. Raises Http404."""
    return thing_of(meeting_for(person, meeting_id), person)


def thing_of(found: Meeting, person: Person) -> Thing:
    """Named by its start on this person's clock."""
    start = found.start.astimezone(ZoneInfo(person.zone))
    title = _("Meeting on %(start)s") % {"start": date_format(start, "D j M, H:i")}
    return Thing(KIND, found.pk, title, reverse("meetings:meeting", args=[found.pk]), found.end)


def request_for(person: Person, request_id: UUID) -> ChangeRequest:
    """What somebody asked about a meeting. Raises Http404 to everybody who is not in its relationship."""
    found = (
        ChangeRequest.objects.filter(pk=request_id)
        .select_related("meeting__series", "relationship", "by", "end")
        .first()
    )
    if found is None or not is_member(person.pk, found.relationship_id):
        raise Http404
    return found


def request_thing(person: Person, request_id: UUID) -> Thing:
    """A request as other rooms point at it, named by the meeting's start on this person's clock. Raises Http404."""
    found = request_for(person, request_id)
    start = date_format(found.before.astimezone(ZoneInfo(person.zone)), "D j M, H:i")
    title = _("Request about the meeting on %(start)s") % {"start": start}
    return Thing(REQUEST, found.pk, title, reverse("meetings:request", args=[found.pk]))
