"""The version in force, when its stored text can no longer be read: what is still known of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from throughline.agreements.models import Version
from throughline.agreements.queries.force import VersionSummary, unreadable_in_force
from throughline.agreements.queries.history import SignatureLine, signatures_of


@dataclass(frozen=True)
class Damaged:
    """What is in force and cannot be read. signatures: who signed it, and when."""

    version: VersionSummary
    signatures: tuple[SignatureLine, ...]


def damaged_in_force(relationship_id: UUID) -> Damaged | None:
    """None while nothing is in force, and while that can be read. One query then; two more when it cannot."""
    found = unreadable_in_force(relationship_id)
    if found is None:
        return None
    lines = signatures_of([Version(pk=found.version_id)])
    return Damaged(found, tuple(lines[found.version_id]))
