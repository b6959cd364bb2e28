"""What every page of an agreement shows around its own matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from throughline.agreements.access import reason_to_wait
from throughline.agreements.queries.damaged import damaged_in_force
from throughline.agreements.queries.draft import agreement_of
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


def frame(person: Person, relationship: Relationship) -> dict[str, Any]:
    """relationship, members, others (without the reader), closed ("" or why nothing can be changed), seen_by,
    damaged (what is in force and cannot be read, or None)."""
    members = members_of(relationship.pk)
    others = [member for member in members if member.person_id != person.pk]
    return {
        "relationship": relationship,
        "agreement": agreement_of(relationship.pk),
        "members": members,
        "others": others,
        "damaged": damaged_in_force(relationship.pk),
        "closed": reason_to_wait(relationship.pk),
        "seen_by": _seen_by([other.called for other in others]),
    }


def _seen_by(others: list[str]) -> str:
    if not others:
        return _("Only you can see this.")
    return _("Only you and %(others)s can see this.") % {"others": _(" and ").join(others)}
