"""The only way to a call for a person: one of their relationship, or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from throughline.calls.models import Call
from throughline.foundation import clock
from throughline.relationships.access import is_member
from throughline.relationships.domain.states import State
from throughline.relationships.queries import state_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def call_for(person: Person, call_id: UUID) -> Call:
    """Raises Http404 to everybody who is not in the call's relationship."""
    call = Call.objects.select_related("relationship").filter(pk=call_id).first()
    if call is None or not is_member(person.pk, call.relationship_id):
        raise Http404
    return call


def may_enter(person_id: UUID, call_id: UUID) -> bool:
    """For the socket: a member of a relationship that has not ended."""
    relationship_id = Call.objects.filter(pk=call_id).values_list("relationship_id", flat=True).first()
    if relationship_id is None or not is_member(person_id, relationship_id):
        return False
    return state_of(relationship_id, clock.now()) is not State.ENDED
