"""Whether an agreement can be written to now. Who may see it is `relationships.access`: its members, or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from throughline.agreements.models import Proposal
from throughline.foundation import clock
from throughline.relationships.access import relationship_for
from throughline.relationships.domain.states import State
from throughline.relationships.queries import state_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person


class NotNowError(PermissionDenied):
    """The agreement can be read and not changed. Says why, as a sentence for people."""


def reason_to_wait(relationship_id: UUID) -> str:
    """Why nobody can change or sign the agreement now; "" when they can."""
    return {
        State.ACTIVE: "",
        State.INVITED: _("You can write the agreement as soon as the invitation is accepted."),
        State.PAUSED: _("You are taking a break. The agreement can be changed again when you resume."),
        State.ENDED: _("This mentoring relationship has ended. You can still read what you agreed."),
    }[state_of(relationship_id, clock.now())]


def ensure_writable(relationship_id: UUID) -> None:
    """Raises NotNowError."""
    if reason := reason_to_wait(relationship_id):
        raise NotNowError(reason)


def may_write_words(person_id: UUID, relationship_id: UUID, origin: str) -> bool:
    """For `coediting`, beside membership: the words are closed when the agreement is."""
    return not reason_to_wait(relationship_id)


def proposal_for(person: Person, relationship_id: UUID, proposal_id: UUID) -> Proposal:
    """A proposed change within a relationship of theirs. Raises Http404."""
    relationship = relationship_for(person, relationship_id)
    rows = Proposal.objects.select_related("agreement", "base", "relationship")
    found = rows.filter(relationship=relationship, pk=proposal_id).first()
    if found is None:
        raise Http404
    return found
