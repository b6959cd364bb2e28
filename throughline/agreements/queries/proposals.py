"""Proposed changes: what each would make of the agreement now, who agrees, and what came in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from throughline.accounts.queries import people_by_id
from throughline.agreements.domain.differences import differences
from throughline.agreements.domain.draft import Content, Party
from throughline.agreements.domain.plain import from_plain
from throughline.agreements.domain.terms import PART_TYPES, Part, PartKind, Terms
from throughline.agreements.domain.upgrade import upgraded_part
from throughline.agreements.models import Agreement, Assent, Proposal, ProposalEnd, Version
from throughline.agreements.queries.force import content_of
from throughline.agreements.queries.sections import Difference, Section, in_words, section_of
from throughline.relationships.queries import Member, members_of


@dataclass(frozen=True)
class Outcome:
    """What the agreement would be with one part changed. content: the version that would be signed now."""

    in_force: Version
    before: Content
    content: Content
    digest: str

    @property
    def changes_nothing(self) -> bool:
        return self.before.terms == self.content.terms


@dataclass(frozen=True)
class ProposalLine:
    """A proposal in a list. answered: how it ended, "" while it is open; by: what its author is called."""

    id: UUID
    title: str
    by: str
    by_id: UUID
    at: datetime
    how: str
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True)
class ProposalPage:
    """One proposal for one reader.

    changes: from what is in force now to what would be. between: what changed in the agreement since it was made.
    readable: False where what it would change was damaged and cannot be read; then there are no changes to show.
    rivals: other open proposals for the same part. agreed, missing: who has agreed to exactly this, and who has not.
    before_that: who had agreed to it as it would have been earlier, and has to look again.
    """

    line: ProposalLine
    kind: PartKind
    part: Section
    reason: str
    words: str
    version: int
    counters: UUID | None
    countered_by: UUID | None
    digest: str
    changes: tuple[Difference, ...]
    readable: bool
    between: tuple[Difference, ...]
    base_number: int
    now_number: int
    rivals: tuple[ProposalLine, ...]
    agreed: tuple[str, ...]
    missing: tuple[str, ...]
    before_that: tuple[str, ...]
    outcome: Outcome | None
    mine: bool
    agreed_by_reader: bool

    @property
    def open(self) -> bool:
        return not self.line.how

    @property
    def moved(self) -> bool:
        return self.open and self.base_number != self.now_number


def version_now(agreement_id: UUID) -> Version | None:
    """The newest that everybody has signed."""
    return Version.objects.filter(agreement=agreement_id, in_force_at__isnull=False).order_by("-number").first()


def part_of(proposal: Proposal) -> Part:
    payload = upgraded_part(proposal.kind, proposal.payload, proposal.format)
    return from_plain(PART_TYPES[PartKind(proposal.kind)], payload)


def outcome_of(agreement: Agreement, kind: PartKind, part: Part, in_force: Version | None = None) -> Outcome | None:
    """None while nothing is in force that can be read. The prose, and every other part, stay as they are in force."""
    found = in_force or version_now(agreement.pk)
    before = content_of(found) if found else None
    if found is None or before is None:
        return None
    newest = Version.objects.filter(agreement=agreement).order_by("-number").defer("content").first()
    assert newest is not None  # found is one
    parties = tuple(Party(member.person_id, member.role.value) for member in members_of(agreement.relationship_id))
    terms = _with(before, kind, part).terms
    content = Content(agreement.pk, agreement.salt, newest.number + 1, newest.digest, parties, terms, before.prose)
    return Outcome(found, before, content, content.digest())


def _with(content: Content, kind: PartKind, part: Part) -> Content:
    return replace(content, terms=_replaced(content.terms, kind, part))


def _replaced(terms: Terms, kind: PartKind, part: Part) -> Terms:
    values: dict[str, Any] = {kind.value: part}
    return replace(terms, **values)


def proposals_of(relationship_id: UUID) -> list[ProposalLine]:
    """All, the newest first. Three queries at most."""
    rows = list(
        Proposal.objects.filter(relationship_id=relationship_id).order_by("-at", "-id").defer("payload", "reason")
    )
    return _lines(rows)


def _lines(rows: Sequence[Proposal]) -> list[ProposalLine]:
    ends = (
        {end.proposal_id: end for end in ProposalEnd.objects.filter(proposal__in=rows).defer("words")} if rows else {}
    )
    people = people_by_id({row.by_id for row in rows} | {end.by_id for end in ends.values()}) if rows else {}
    found = []
    for row in rows:
        end = ends.get(row.pk)
        found.append(
            ProposalLine(
                id=row.pk,
                title=section_of(PartKind(row.kind), None).title,
                by=people[row.by_id].called,
                by_id=row.by_id,
                at=row.at,
                how=end.how if end else "",
                ended_by=people[end.by_id].called if end else "",
                ended_at=end.at if end else None,
            )
        )
    return found


def proposal_page_of(proposal: Proposal, *, reader_id: UUID, members: Sequence[Member]) -> ProposalPage:
    """members: of the relationship. The number of queries does not grow with what is there."""
    kind, part = PartKind(proposal.kind), part_of(proposal)
    rows = list(Proposal.objects.filter(relationship_id=proposal.relationship_id, kind=kind).order_by("-at", "-id"))
    lines = {line.id: line for line in _lines(rows)}
    line = lines[proposal.pk]
    end = ProposalEnd.objects.select_related("version").filter(proposal=proposal).first()
    in_force = version_now(proposal.agreement_id)
    assert in_force is not None  # proposals begin with a version in force, and one stays
    outcome = outcome_of(proposal.agreement, kind, part, in_force)
    now, base = outcome.before if outcome else None, content_of(proposal.base)
    before = base if end else now
    digest, number = (outcome.digest, outcome.content.number) if outcome else ("", in_force.number)
    assents = list(Assent.objects.filter(proposal=proposal))
    valid = {row.person_id for row in assents if row.digest == digest}
    earlier = {row.person_id for row in assents} - valid
    zones = [member.zone for member in members]
    return ProposalPage(
        line=line,
        kind=kind,
        part=section_of(kind, part, zones),
        reason=proposal.reason,
        words=end.words if end else "",
        version=end.version.number if end and end.version else number,
        counters=proposal.counters_id,
        countered_by=next((row.pk for row in rows if row.counters_id == proposal.pk), None),
        digest=digest,
        changes=tuple(in_words(differences(before, _with(before, kind, part)))) if before else (),
        readable=before is not None,
        between=tuple(in_words(differences(base, now))) if base and now else (),
        base_number=proposal.base.number,
        now_number=in_force.number,
        rivals=tuple(each for each in lines.values() if not each.how and each.id != proposal.pk),
        agreed=tuple(member.called for member in members if member.person_id in valid),
        missing=tuple(member.called for member in members if member.person_id not in valid),
        before_that=tuple(member.called for member in members if member.person_id in earlier),
        outcome=outcome,
        mine=proposal.by_id == reader_id,
        agreed_by_reader=reader_id in valid,
    )
