"""What would be signed now: the draft as a version, and whether it is one already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from throughline.agreements.domain.canonical import digest
from throughline.agreements.domain.draft import (
    Content,
    Obstacle,
    Party,
    as_asked_then,
    assemble,
    format_of,
    obstacles,
)
from throughline.agreements.domain.terms import Part, PartKind, Terms
from throughline.agreements.domain.upgrade import FORMAT
from throughline.agreements.models import Agreement, Version
from throughline.agreements.queries.draft import prose_of
from throughline.agreements.queries.force import content_of
from throughline.relationships.queries import members_of


@dataclass(frozen=True)
class Candidate:
    """content is None while a part is missing. version is the row, if somebody has signed exactly this before.

    before is the newest version that differs: the one that this would replace.
    """

    prose: str
    content: Content | None
    obstacles: tuple[Obstacle, ...]
    version: Version | None
    before: Version | None

    @property
    def text(self) -> str:
        """Exactly what a signature stands for: of a version that is there, its own bytes, whatever their format."""
        if self.version:
            return str(self.version.content)
        return self.content.text() if self.content else ""

    @property
    def digest(self) -> str:
        return digest(self.text) if self.text else ""


def candidate_of(agreement: Agreement, parts: Mapping[PartKind, Part], *, today: date) -> Candidate:
    """Reads the prose once, so that what is compared, shown and stored is one text. today: the reader's date.

    The newest version is numbered on only when the draft differs from it, or when its text was damaged and nobody
    can read what they signed; a version that was changed after somebody had signed it never comes back to life,
    because its successor carries its digest.
    """
    found = tuple(obstacles(parts, today))
    newest = Version.objects.filter(agreement=agreement).order_by("-number").first()
    terms = assemble(parts)
    prose = prose_of(agreement)
    if terms is None:
        return Candidate(prose, None, found, None, newest)
    parties = tuple(Party(member.person_id, member.role.value) for member in members_of(agreement.relationship_id))
    signed = content_of(newest) if newest else None
    if newest and signed and (same := _same_as(newest, signed, agreement, parties, terms, prose, parts)):
        before = Version.objects.filter(agreement=agreement, number=newest.number - 1).first()
        asked = tuple(obstacle for obstacle in found if obstacle.since <= format_of(newest.content))
        return Candidate(prose, same, asked, newest, before)
    number, previous = (newest.number + 1, newest.digest) if newest else (1, "")
    return Candidate(
        prose, Content(agreement.pk, agreement.salt, number, previous, parties, terms, prose), found, None, newest
    )


def _same_as(
    newest: Version,
    signed: Content,
    agreement: Agreement,
    parties: tuple[Party, ...],
    terms: Terms,
    prose: str,
    parts: Mapping[PartKind, Part],
) -> Content | None:
    """The draft as this version, if it says the same; by its digest, or by what it was asked when that was less."""
    same = Content(agreement.pk, agreement.salt, newest.number, newest.previous, parties, terms, prose)
    if same.digest() == newest.digest:
        return same
    if format_of(newest.content) == FORMAT and signed.terms.reconnection and signed.terms.ending:
        return None  # an amended older agreement leaves unsaid what it was never asked
    then = replace(same, terms=as_asked_then(terms, signed.terms, parts))
    return signed if then.text() == signed.text() else None
