"""What holds between two people now: the newest version that all of its members have signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from throughline.agreements.domain.draft import Content, read_content
from throughline.agreements.domain.terms import Terms, Ways
from throughline.agreements.models import Version
from throughline.foundation.encryption.envelope import CannotOpenError
from throughline.foundation.encryption.fields import Sealed, SealedText
from throughline.foundation.prepared import prepared


@dataclass(frozen=True)
class VersionSummary:
    """A version in force, without its content. since: the instant of the signature that completed it."""

    version_id: UUID
    number: int
    since: datetime
    digest: str


def version_in_force(relationship_id: UUID) -> VersionSummary | None:
    for version_id, number, since, found, _sealed in _newest_in_force(relationship_id):
        if since is not None:
            return VersionSummary(version_id, number, since, found)
    return None


def terms_in_force(relationship_id: UUID) -> Terms | None:
    """The signed terms that the software obeys, or None until everybody has signed the same version.

    None also when its text was damaged where it is stored: nothing is obeyed that nobody can read, and an older
    version does not come back to life. `queries.damaged` says so to people.
    """
    found = version_and_terms(relationship_id)
    return found[1] if found else None


def version_and_terms(relationship_id: UUID) -> tuple[UUID, Terms] | None:
    """The same, with the id of the version that says so. One query."""
    for version_id, *_rest, sealed in _newest_in_force(relationship_id):
        terms = _opened(relationship_id, version_id, sealed)
        return (version_id, terms) if terms else None
    return None


def unreadable_in_force(relationship_id: UUID) -> VersionSummary | None:
    """What is in force when its text was damaged where it is stored; None otherwise. One query."""
    for version_id, number, since, found, sealed in _newest_in_force(relationship_id):
        if since is not None and _opened(relationship_id, version_id, sealed) is None:
            return VersionSummary(version_id, number, since, found)
    return None


def _opened(relationship_id: UUID, version_id: UUID, sealed: Sealed) -> Terms | None:
    field: SealedText = Version._meta.get_field("content")
    try:
        return read_content(field.opened(sealed, version_id, scope=relationship_id)).terms
    except (CannotOpenError, ValueError):
        return None


def terms_at(relationship_id: UUID, at: datetime) -> Terms | None:
    """The terms that were in force at an instant; None without any, and where their text was damaged."""
    signed = Version.objects.filter(relationship_id=relationship_id, in_force_at__lte=at)
    found = signed.order_by("-number").first()
    try:
        return terms_of(found) if found else None
    except (CannotOpenError, ValueError):
        return None


def ways_for(relationship_id: UUID, *, planned: bool) -> Ways | None:
    """How its members have signed to reach each other, at planned meetings or for quick contact."""
    terms = terms_in_force(relationship_id)
    if terms is None:
        return None
    return terms.channels.planned if planned else terms.channels.quick


def content_of(version: Version) -> Content | None:
    """None where the stored text was damaged and can no longer be read."""
    try:
        return read_content(version.content)
    except (CannotOpenError, ValueError):
        return None


def terms_of(version: Version) -> Terms | None:
    """None where the stored text was damaged and can no longer be read."""
    content = content_of(version)
    return content.terms if content else None


@prepared
def _newest_in_force(relationship_id: UUID) -> QuerySet[Version, tuple[UUID, int, datetime | None, str, Sealed]]:
    signed = Version.objects.filter(relationship_id=relationship_id, in_force_at__isnull=False)
    return signed.order_by("-number").values_list("pk", "number", "in_force_at", "digest", "content")[:1]
