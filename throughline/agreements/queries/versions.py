"""One version as it was signed, and what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from throughline.agreements.models import Version
from throughline.agreements.queries.force import content_of
from throughline.agreements.queries.history import VersionLine, history_of
from throughline.agreements.queries.sections import Section, sections_of


@dataclass(frozen=True)
class VersionPage:
    """readable: False where the stored text was damaged; then there are no sections and no prose."""

    line: VersionLine
    sections: tuple[Section, ...]
    prose: str
    readable: bool


def version_page_of(relationship_id: UUID, number: int, zones: Sequence[str]) -> VersionPage | None:
    """None when there is no such version."""
    line = next((line for line in history_of(relationship_id) if line.number == number), None)
    if line is None:
        return None
    content = content_of(Version.objects.get(pk=line.version_id))
    if content is None:
        return VersionPage(line, (), "", readable=False)
    return VersionPage(line, tuple(sections_of(content.terms, zones)), content.prose, readable=True)
