"""The only way to a commitment for a person: of a relationship of theirs, or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from throughline.commitments.models import Commitment
from throughline.relationships.access import is_member

if TYPE_CHECKING:
    from throughline.accounts.models import Person


class NotTheOwnerError(PermissionDenied):
    """Somebody acts on what another has promised."""


def commitment_for(person: Person, commitment_id: UUID) -> Commitment:
    """Raises Http404 to everybody outside its relationship."""
    found = Commitment.objects.select_related("owner", "closing", "relationship").filter(pk=commitment_id).first()
    if found is None or not is_member(person.pk, found.relationship_id):
        raise Http404
    return found


def ensure_owner(person: Person, commitment: Commitment) -> None:
    """Raises NotTheOwnerError with a sentence (403)."""
    if commitment.owner_id != person.pk:
        raise NotTheOwnerError(_("Only the person who took this on can change it."))
