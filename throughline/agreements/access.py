"""Whether an agreement can be written to now. Who may see it is `relationships.access`: its members, or 404."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.relationships.domain.states import State
from throughline.relationships.queries import state_of


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
