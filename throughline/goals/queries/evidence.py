"""What lies here that could go with a goal or show its progress."""

from __future__ import annotations

from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.agreements.queries import version_in_force
from throughline.commitments.queries import KIND as COMMITMENT
from throughline.commitments.queries import commitments_in

MOST = 30
AGREEMENT = "agreements.agreement"


def things_here(relationship_id: UUID) -> list[tuple[str, str]]:
    """(kind:id, title): the agreement, and what was taken on. Two queries."""
    found = [(f"{AGREEMENT}:{relationship_id}", _("Your agreement"))] if version_in_force(relationship_id) else []
    promises = commitments_in(relationship_id)[:MOST]
    return found + [(f"{COMMITMENT}:{one.id}", Truncator(one.words).chars(60)) for one in promises]
