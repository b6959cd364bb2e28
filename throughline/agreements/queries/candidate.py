"""What would be signed now: the draft as a version, and whether it is one already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from throughline.agreements.domain.draft import Content, Obstacle, Party, assemble, obstacles
from throughline.agreements.domain.terms import Part, PartKind
from throughline.agreements.models import Agreement, Version
from throughline.agreements.queries.draft import prose_of
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
    def digest(self) -> str:
        return self.content.digest() if self.content else ""


def candidate_of(agreement: Agreement, parts: Mapping[PartKind, Part], *, today: date) -> Candidate:
    """Reads the prose once, so that what is compared, shown and stored is one text. today: the reader's date.

    The newest version is numbered on only when the draft differs from it; a version that was changed after
    somebody had signed it never comes back to life, because its successor carries its digest.
    """
    found = tuple(obstacles(parts, today))
    newest = Version.objects.filter(agreement=agreement).order_by("-number").first()
    terms = assemble(parts)
    prose = prose_of(agreement)
    if terms is None:
        return Candidate(prose, None, found, None, newest)
    parties = tuple(Party(member.person_id, member.role.value) for member in members_of(agreement.relationship_id))
    if newest is not None:
        same = Content(agreement.pk, agreement.salt, newest.number, newest.previous, parties, terms, prose)
        if same.digest() == newest.digest:
            before = Version.objects.filter(agreement=agreement, number=newest.number - 1).first()
            return Candidate(prose, same, found, newest, before)
    number, previous = (newest.number + 1, newest.digest) if newest else (1, "")
    return Candidate(
        prose, Content(agreement.pk, agreement.salt, number, previous, parties, terms, prose), found, None, newest
    )
