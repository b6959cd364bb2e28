"""What the signing page shows: the whole text, its digest, and what changed since it was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from throughline.agreements.domain.canonical import digest
from throughline.agreements.domain.differences import differences
from throughline.agreements.domain.draft import Content, read_content
from throughline.agreements.domain.terms import PartKind
from throughline.agreements.models import Agreement, Signature, Version
from throughline.agreements.queries.acknowledging import Tick, ticks_of
from throughline.agreements.queries.candidate import Candidate, candidate_of
from throughline.agreements.queries.draft import draft_of, parts_of
from throughline.agreements.queries.force import content_of
from throughline.agreements.queries.sections import Difference, Section, in_words, sections_of
from throughline.agreements.queries.wording import say
from throughline.relationships.queries import Member


@dataclass(frozen=True)
class SigningPage:
    """missing: what stands in the way of signing, with the part that mends it.

    text: the canonical JSON shown, echoed by the form so that a mismatch can say what changed.
    ticks: the clauses that a signer acknowledges.
    since_before: differences to the version before, None for the first. signed: names of who has signed this one.
    """

    sections: tuple[Section, ...]
    prose: str
    number: int
    digest: str
    text: str
    missing: tuple[tuple[PartKind, str], ...]
    ticks: tuple[Tick, ...]
    since_before: tuple[Difference, ...] | None
    signed: tuple[str, ...]
    signed_by_reader: bool
    in_force: bool


def signing_page_of(
    agreement: Agreement | None, *, reader_id: UUID, members: Sequence[Member], today: date
) -> SigningPage:
    if agreement is None:
        return _page(Candidate("", None, (), None, None), reader_id, members)
    parts = parts_of(draft_of(agreement.relationship_id))
    return _page(candidate_of(agreement, parts, today=today), reader_id, members)


def _page(candidate: Candidate, reader_id: UUID, members: Sequence[Member]) -> SigningPage:
    content, signers = candidate.content, _signers(candidate.version)
    return SigningPage(
        sections=tuple(sections_of(content.terms, [member.zone for member in members])) if content else (),
        prose=candidate.prose,
        number=content.number if content else 0,
        digest=candidate.digest,
        text=candidate.text,
        missing=tuple((obstacle.part, say(obstacle.sentence)) for obstacle in candidate.obstacles),
        ticks=ticks_of(content.terms.confidentiality) if content else (),
        since_before=_since(candidate.before, content),
        signed=tuple(member.called for member in members if member.person_id in signers),
        signed_by_reader=reader_id in signers,
        in_force=candidate.version is not None and candidate.version.in_force_at is not None,
    )


def _signers(version: Version | None) -> set[UUID]:
    return set(Signature.objects.filter(version=version).values_list("person_id", flat=True)) if version else set()


def _since(before: Version | None, content: Content | None) -> tuple[Difference, ...] | None:
    replaced = content_of(before) if before else None
    return tuple(in_words(differences(replaced, content))) if replaced and content else None


def what_changed_since(shown_text: str, shown_digest: str, page: SigningPage) -> list[Difference]:
    """Between what a page showed (its echo, believed only when it has the digest) and what stands there now."""
    try:
        if not page.text or digest(shown_text) != shown_digest:
            return []
        return in_words(differences(read_content(shown_text), read_content(page.text)))
    except (ValueError, UnicodeEncodeError):
        return []
