"""What holds between two people now: the newest version that all of its members have signed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from throughline.agreements.domain.plain import from_plain
from throughline.agreements.domain.terms import Terms
from throughline.agreements.models import Version


@dataclass(frozen=True)
class VersionSummary:
    """A version in force, without its content. since: the instant of the signature that completed it."""

    version_id: UUID
    number: int
    since: datetime
    digest: str


def version_in_force(relationship_id: UUID) -> VersionSummary | None:
    found = _in_force(relationship_id).values_list("pk", "number", "in_force_at", "digest").first()
    if found is None or found[2] is None:
        return None
    return VersionSummary(found[0], found[1], found[2], found[3])


def terms_in_force(relationship_id: UUID) -> Terms | None:
    """The signed terms that the software obeys, or None until everybody has signed the same version."""
    found = _in_force(relationship_id).first()
    return None if found is None else terms_of(found)


def terms_of(version: Version) -> Terms:
    return from_plain(Terms, json.loads(version.content)["terms"])


def _in_force(relationship_id: UUID) -> QuerySet[Version]:
    signed = Version.objects.filter(relationship_id=relationship_id, in_force_at__isnull=False)
    return signed.order_by("-number")
