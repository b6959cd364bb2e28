"""The only way to a call for a person: one of their relationship, or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing
from django.http import Http404

from throughline.calls.models import Call
from throughline.foundation import clock
from throughline.relationships.access import is_member
from throughline.relationships.domain.states import State
from throughline.relationships.queries import state_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person

TICKET_SECONDS = 60
MOST = 4
"""People in one call: every browser sends to every other."""
_SALT = "throughline.calls.room"


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


def room_ticket(person_id: UUID, call_id: UUID) -> str:
    """What lets this person into this one call for TICKET_SECONDS. Asks nothing: whoever calls it has asked."""
    return signing.dumps({"p": person_id.hex, "c": call_id.hex}, salt=_SALT)


def admits(ticket: object, person_id: UUID, call_id: UUID) -> bool:
    """Whether this is a ticket of this person for this call, and still young."""
    try:
        said = signing.loads(str(ticket), salt=_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return False
    return bool(said == {"p": person_id.hex, "c": call_id.hex})
