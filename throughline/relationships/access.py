"""The only way to a relationship for a person: theirs, or 404."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from throughline.relationships.models import Invitation, InvitationLink, Membership, Pause, Relationship

if TYPE_CHECKING:
    from throughline.accounts.models import Person


class RelationshipEndedError(PermissionDenied):
    """Somebody writes to a relationship that has ended: its pages can be read, and nothing added."""


def relationship_for(person: Person, relationship_id: UUID) -> Relationship:
    """The relationship, with its members loaded. Raises Http404 to everybody who is not in it."""
    found = (
        Relationship.objects.filter(
            pk=relationship_id, memberships__in=Membership.objects.filter(person_id=person.pk, left_at=None)
        )
        .prefetch_related("memberships__person")
        .first()
    )
    if found is None:
        raise Http404
    return found


def is_member(person_id: UUID, relationship_id: UUID) -> bool:
    """Whether this person takes part: for sockets, which hold ids alone."""
    return Membership.objects.filter(relationship_id=relationship_id, person_id=person_id, left_at=None).exists()


def is_open(relationship_id: UUID) -> bool:
    """Whether anything may still be written: true until somebody ends it."""
    return Relationship.objects.filter(pk=relationship_id, ending__isnull=True).exists()


def ensure_open(relationship_id: UUID) -> None:
    """For every action that writes inside a relationship. Raises RelationshipEndedError with a sentence (403)."""
    if not is_open(relationship_id):
        raise RelationshipEndedError(_("This mentoring relationship has ended. You can read it; nothing can be added."))


def invitation_for(person: Person, invitation_id: UUID) -> Invitation:
    """One's own invitation, whatever became of it. Raises Http404 to everybody else."""
    found = Invitation.objects.select_related("relationship", "answer").filter(pk=invitation_id, by=person).first()
    if found is None:
        raise Http404
    return found


def link_for(token: str) -> InvitationLink:
    """The link that these words of an address are. Raises Http404 for words that are none."""
    try:
        digest = hashlib.sha256(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))).digest()
    except (binascii.Error, ValueError):
        raise Http404 from None
    found = InvitationLink.objects.select_related("invitation", "invitation__by").filter(digest=digest).first()
    if found is None:
        raise Http404
    return found


def pause_for(person: Person, pause_id: UUID) -> Pause:
    """Raises Http404 to everybody who is not in the pause's relationship."""
    found = (
        Pause.objects.select_related("relationship", "by", "closing")
        .filter(
            pk=pause_id,
            relationship__memberships__in=Membership.objects.filter(person_id=person.pk, left_at=None),
        )
        .first()
    )
    if found is None:
        raise Http404
    return found
