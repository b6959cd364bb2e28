"""The only way to a meeting for a person: one of their own relationships', or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from throughline.meetings.models import Meeting
from throughline.relationships.access import is_member

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def meeting_for(person: Person, meeting_id: UUID) -> Meeting:
    """The meeting with its states loaded. Raises Http404 to everybody who is not in its relationship."""
    found = (
        Meeting.objects.filter(pk=meeting_id)
        .select_related("series", "settlement", "cancellation", "withdrawal")
        .first()
    )
    if found is None or not is_member(person.pk, found.relationship_id):
        raise Http404
    return found
