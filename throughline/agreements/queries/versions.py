"""One version as it was signed, and what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from throughline.agreements.domain.differences import differences
from throughline.agreements.domain.draft import read_content
from throughline.agreements.models import Version
from throughline.agreements.queries.history import VersionLine, history_of
from throughline.agreements.queries.sections import Difference, Section, in_words, sections_of


@dataclass(frozen=True)
class VersionPage:
    """changes: against the version before it, None for the first."""

    line: VersionLine
    sections: tuple[Section, ...]
    prose: str
    changes: tuple[Difference, ...] | None


def version_page_of(relationship_id: UUID, number: int, zones: Sequence[str]) -> VersionPage | None:
    """None when there is no such version."""
    line = next((line for line in history_of(relationship_id) if line.number == number), None)
    if line is None:
        return None
    rows = Version.objects.filter(relationship_id=relationship_id, number__in=(number - 1, number))
    contents = {row.number: read_content(row.content) for row in rows}
    now, before = contents[number], contents.get(number - 1)
    changes = tuple(in_words(differences(before, now))) if before else None
    return VersionPage(line, tuple(sections_of(now.terms, zones)), now.prose, changes)
