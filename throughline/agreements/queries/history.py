"""Every version that somebody signed, who signed it when, and whether the chain of digests still holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughline.accounts.queries import people_by_id
from throughline.agreements.domain.canonical import digest
from throughline.agreements.domain.differences import differences
from throughline.agreements.domain.draft import Content
from throughline.agreements.models import Signature, Version
from throughline.agreements.queries.force import content_of
from throughline.agreements.queries.sections import Difference, in_words, signed_when


@dataclass(frozen=True)
class SignatureLine:
    """when: on the signer's own clock at the time, as words. acknowledged: how many clauses they ticked, one by one;
    None where it was signed before each was asked for.
    """

    person_id: UUID
    called: str
    at: datetime
    when: str
    method: str
    acknowledged: int | None


@dataclass(frozen=True)
class VersionLine:
    """in_force_at: None until everybody has signed it. intact: its text still has its digest and its predecessor's.

    changes: against the version before it; None for the first, and where one of the two can no longer be read.
    """

    version_id: UUID
    number: int
    digest: str
    made_at: datetime
    in_force_at: datetime | None
    replaced: bool
    intact: bool
    signatures: tuple[SignatureLine, ...]
    changes: tuple[Difference, ...] | None


def history_of(relationship_id: UUID) -> list[VersionLine]:
    """The newest first. Three queries; each text is read once."""
    versions = list(Version.objects.filter(relationship_id=relationship_id).order_by("number"))
    signatures = signatures_of(versions)
    newest_in_force = max((version.number for version in versions if version.in_force_at), default=0)
    contents = [content_of(version) for version in versions]
    lines: list[VersionLine] = []
    previous = ""
    for before, content, version in zip([None, *contents], contents, versions, strict=False):
        lines.append(
            VersionLine(
                version_id=version.pk,
                number=version.number,
                digest=version.digest,
                made_at=version.made_at,
                in_force_at=version.in_force_at,
                replaced=version.in_force_at is not None and version.number < newest_in_force,
                intact=version.number == len(lines) + 1 and _intact(version, content, previous),
                signatures=tuple(signatures[version.pk]),
                changes=tuple(in_words(differences(before, content))) if before and content else None,
            )
        )
        previous = version.digest
    return lines[::-1]


def chain_holds(relationship_id: UUID) -> bool:
    """Whether no version of this relationship was changed, left out or moved since it was signed."""
    return all(line.intact for line in history_of(relationship_id))


def _intact(version: Version, content: Content | None, previous: str) -> bool:
    if content is None or digest(version.content) != version.digest or version.previous != previous:
        return False
    return (content.agreement_id, content.number, content.previous) == (version.agreement_id, version.number, previous)


def signatures_of(versions: list[Version]) -> dict[UUID, list[SignatureLine]]:
    """By version, in the order of signing. Two queries."""
    rows = list(Signature.objects.filter(version__in=versions).order_by("at", "id"))
    people = people_by_id({row.person_id for row in rows})
    found: dict[UUID, list[SignatureLine]] = defaultdict(list)
    for row in rows:
        found[row.version_id].append(
            SignatureLine(
                row.person_id,
                people[row.person_id].called,
                row.at,
                signed_when(row.at, row.zone),
                row.proof_method,
                len(row.acknowledged) if row.acknowledged is not None else None,
            )
        )
    return found
