"""The agreement's page in one value: six parts, those that are usual, the prose, and where the signing stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from throughline.agreements.domain.descriptions import PROMPTS
from throughline.agreements.domain.draft import SIX, USUAL, Obstacle, with_the_usual
from throughline.agreements.domain.terms import Part, PartKind
from throughline.agreements.models import Agreement, Signature, Version
from throughline.agreements.queries.candidate import Candidate, candidate_of
from throughline.agreements.queries.draft import Saved, draft_of, parts_of
from throughline.agreements.queries.fields import overtaken_in, unfinished_of
from throughline.agreements.queries.sections import Section, section_of
from throughline.agreements.queries.wording import say
from throughline.relationships.queries import Member


class Stage(StrEnum):
    """Where the draft stands for one reader."""

    DRAFTING = "drafting"
    READY = "ready"  # complete; nobody has signed it as it is now
    YOUR_TURN = "your turn"
    WAITING = "waiting"  # the reader has signed, somebody else has not
    IN_FORCE = "in force"


@dataclass(frozen=True)
class Card:
    """saved_by: what the last to write it is called; "" while nobody has. ready: written and without fault.

    prompt: what the part is for, shown while it says nothing. writing: who typed something that is not whole yet, ""
    when nobody. unsettled: how many fields hold a change that replaced another unseen.
    """

    section: Section
    prompt: str
    saved_by: str
    saved_at: datetime | None
    ready: bool
    faults: tuple[str, ...]
    writing: str = ""
    unsettled: int = 0


@dataclass(frozen=True)
class Overview:
    """undone: the number of the newest version, when somebody signed it and it was changed since; else 0.

    signed_by, missing_from: what those are called who have signed the newest version, and who have not.
    """

    cards: tuple[Card, ...]
    usual: tuple[Card, ...]
    prose: str
    stage: Stage
    in_force: Version | None
    undone: int
    signed_by: tuple[str, ...]
    missing_from: tuple[str, ...]

    @property
    def ready(self) -> int:
        return sum(card.ready for card in self.cards)


def overview_of(agreement: Agreement | None, people: Sequence[Member], *, reader_id: UUID, today: date) -> Overview:
    """people: the relationship's members. today: the reader's date."""
    members = {member.person_id: member for member in people}
    saved = draft_of(agreement.relationship_id) if agreement else {}
    candidate = (
        candidate_of(agreement, parts_of(saved), today=today) if agreement else Candidate("", None, (), None, None)
    )
    parts = with_the_usual(parts_of(saved))
    cards = {kind: _card(kind, parts, saved.get(kind), candidate.obstacles, members) for kind in PartKind}
    if agreement:
        cards = _with_what_goes_on(cards, agreement.relationship_id, members)
    newest = candidate.version or candidate.before
    signers = _signers(newest) if newest else set()
    signed_by = tuple(member.called for key, member in members.items() if key in signers)
    return Overview(
        cards=tuple(cards[kind] for kind in SIX),
        usual=tuple(cards[kind] for kind in USUAL),
        prose=candidate.prose,
        stage=_stage(candidate, reader_id in signers),
        in_force=_in_force(agreement) if agreement and newest else None,
        undone=newest.number if newest and not candidate.version and not newest.in_force_at else 0,
        signed_by=signed_by,
        missing_from=tuple(member.called for key, member in members.items() if key not in signers),
    )


def _card(
    kind: PartKind,
    parts: dict[PartKind, Part],
    saved: Saved | None,
    obstacles: tuple[Obstacle, ...],
    members: dict[UUID, Member],
) -> Card:
    part = parts.get(kind)
    faults = tuple(say(obstacle.sentence) for obstacle in obstacles if obstacle.part == kind) if part else ()
    by = members.get(saved.by_id) if saved else None
    return Card(
        section=section_of(kind, part, [member.zone for member in members.values()]),
        prompt=say(PROMPTS[kind]),
        saved_by=by.called if by else "",
        saved_at=saved.at if saved else None,
        ready=part is not None and not faults,
        faults=faults,
    )


def _with_what_goes_on(
    cards: dict[PartKind, Card], relationship_id: UUID, members: dict[UUID, Member]
) -> dict[PartKind, Card]:
    """The same cards, with who is in the middle of which and what waits to be settled."""
    unsettled = Counter(overtaken_in(relationship_id).values_list("kind", flat=True))
    writing = {
        kind: members[one.by_id].called for kind, one in unfinished_of(relationship_id).items() if one.by_id in members
    }
    return {
        kind: replace(card, writing=writing.get(kind, ""), unsettled=unsettled[kind.value])
        for kind, card in cards.items()
    }


def _stage(candidate: Candidate, signed: bool) -> Stage:
    if candidate.version and candidate.version.in_force_at:
        return Stage.IN_FORCE
    if candidate.content is None or candidate.obstacles:
        return Stage.DRAFTING
    if not candidate.version:
        return Stage.READY
    return Stage.WAITING if signed else Stage.YOUR_TURN


def _signers(version: Version) -> set[UUID]:
    return set(Signature.objects.filter(version=version).values_list("person_id", flat=True))


def _in_force(agreement: Agreement) -> Version | None:
    rows = Version.objects.filter(agreement=agreement, in_force_at__isnull=False)
    return rows.order_by("-number").defer("content").first()
