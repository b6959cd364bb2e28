"""What somebody did to a meeting in a calendar of their own: a request to the others, never a change by itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.accounts.queries import people_by_id
from throughline.meetings.actions.in_calendars import put_back
from throughline.meetings.actions.requests import CannotChangeError, ask_move, ask_skip, free_for, somebody_is_away
from throughline.meetings.domain.occasions import KIND, meeting_of
from throughline.meetings.kinds import NOT_POSSIBLE
from throughline.meetings.models import Meeting
from throughline.notices.actions import notify
from throughline.relationships.access import is_member

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def wish_for(*, source: str, person_id: UUID, start: datetime) -> None:
    """They moved it there. Where it cannot be, they are told, and their calendar shows it at its time again."""
    found = _meeting(source, person_id)
    if found is None:
        return
    meeting, person = found
    try:
        with translation.override(person.language):
            ask_move(occurrence=meeting, by=person, to=start, reason=_("Moved in their own calendar."))
    except CannotChangeError:
        _not_possible(meeting, person)


@transaction.atomic
def wish_off(*, source: str, person_id: UUID) -> None:
    """They declined it or took it out. Away on that day, they ask to leave it out; else for the soonest other time."""
    found = _meeting(source, person_id)
    if found is None:
        return
    meeting, person = found
    try:
        with translation.override(person.language):
            _ask(meeting, person)
    except CannotChangeError:
        _not_possible(meeting, person)


def _ask(meeting: Meeting, person: Person) -> None:
    if somebody_is_away(meeting):
        ask_skip(occurrence=meeting, by=person, reason=_("Away on that day; declined in their own calendar."))
        return
    others = free_for(meeting)
    if not others:
        raise CannotChangeError("")
    reason = _("Declined in their own calendar; this is the soonest time that looks free for both of you.")
    ask_move(occurrence=meeting, by=person, to=others[0].start, reason=reason)


def _meeting(source: str, person_id: UUID) -> tuple[Meeting, Person] | None:
    rows = Meeting.objects.select_related("relationship", "series").filter(pk__in=[meeting_of(source)])
    meeting = rows.first()
    person = people_by_id([person_id]).get(person_id)
    if meeting is None or person is None or not is_member(person_id, meeting.relationship_id):
        return None
    return meeting, person


def _not_possible(meeting: Meeting, person: Person) -> None:
    put_back(meeting_id=meeting.pk)
    notify(
        kind=NOT_POSSIBLE,
        recipient=person,
        thing=(KIND, meeting.pk),
        address=reverse("meetings:meeting", args=[meeting.pk]),
        relationship_id=meeting.relationship_id,
        meeting_id=meeting.pk,
    )
