"""Mails about a meeting, to its people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from throughline.accounts.queries import people_by_id
from throughline.meetings.domain.occasions import KIND
from throughline.notices.actions import notify
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.meetings.models import ChangeRequest, Meeting


def tell(kind: str, meeting: Meeting, by: Person | None = None) -> None:
    """Everybody of the meeting but whoever did it."""
    for person in _others(meeting.relationship_id, by):
        notify(
            kind=kind,
            recipient=person,
            thing=(KIND, meeting.pk),
            address=reverse("meetings:meeting", args=[meeting.pk]),
            relationship_id=meeting.relationship_id,
            meeting_id=meeting.pk,
            **({"by_id": by.pk} if by else {}),
        )


def tell_of_request(kind: str, request: ChangeRequest, by: Person | None) -> None:
    """Everybody but whoever did it, with the way to the request, where it is answered in one tap."""
    for person in _others(request.relationship_id, by):
        notify(
            kind=kind,
            recipient=person,
            thing=("meetings.ChangeRequest", request.pk),
            address=reverse("meetings:request", args=[request.pk]),
            relationship_id=request.relationship_id,
            request_id=request.pk,
            by_id=by.pk if by else request.by_id,
        )


def _others(relationship_id: UUID, by: Person | None) -> list[Person]:
    ids = [member.person_id for member in members_of(relationship_id) if by is None or member.person_id != by.pk]
    return list(people_by_id(ids).values())
