"""Parts on their way to an agreement: what is there, what is missing, and the content that people sign."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from throughline.agreements.domain.canonical import canonical, digest
from throughline.agreements.domain.faults import Fault, faults_between, faults_of
from throughline.agreements.domain.plain import from_plain, to_plain
from throughline.agreements.domain.sentences import Sentence, _
from throughline.agreements.domain.terms import Part, PartKind, Schedule, Terms, usual_review

SIX = tuple(kind for kind in PartKind if kind is not PartKind.REVIEW)
FORMAT = 1


def with_usual_review(parts: Mapping[PartKind, Part]) -> dict[PartKind, Part]:
    """The parts, with the usual review dates once there is a schedule and nobody has said otherwise."""
    schedule = parts.get(PartKind.SCHEDULE)
    if PartKind.REVIEW in parts or not isinstance(schedule, Schedule):
        return dict(parts)
    return {**parts, PartKind.REVIEW: usual_review(schedule)}


def assemble(parts: Mapping[PartKind, Part]) -> Terms | None:
    """The whole, or None while one of the six parts is missing."""
    whole = with_usual_review(parts)
    if any(kind not in whole for kind in PartKind):
        return None
    return Terms(**{kind.value: whole[kind] for kind in PartKind})  # type: ignore[arg-type]  # by PART_TYPES


@dataclass(frozen=True)
class Obstacle:
    """Why nobody can sign yet, and the part whose form mends it."""

    part: PartKind
    sentence: Sentence


_MISSING = {
    PartKind.OBJECTIVES: _("What you want to reach is still open."),
    PartKind.SCHEDULE: _("When you meet is still open."),
    PartKind.CHANNELS: _("How you reach each other is still open."),
    PartKind.RESPONSES: _("How soon you answer each other is still open."),
    PartKind.PREPARATION: _("What is prepared before a meeting is still open."),
    PartKind.CONFIDENTIALITY: _("What stays between you is still open."),
}


def obstacles(parts: Mapping[PartKind, Part], today: date) -> Iterator[Obstacle]:
    for kind in SIX:
        if kind not in parts:
            yield Obstacle(kind, _MISSING[kind])
    for written, part in with_usual_review(parts).items():
        yield from _as_obstacles(written, faults_of(part, today))
    if terms := assemble(parts):
        yield from _as_obstacles(PartKind.REVIEW, faults_between(terms, today))


def _as_obstacles(kind: PartKind, faults: Iterable[Fault]) -> Iterator[Obstacle]:
    return (Obstacle(kind, fault.sentence) for fault in faults)


@dataclass(frozen=True)
class Party:
    person_id: UUID
    role: str


@dataclass(frozen=True)
class Content:
    """What a version says: between whom, the terms, and the prose as clean HTML. number counts from 1.

    salt: random text of the agreement, so that the digest alone confirms nobody's guess of the content.
    """

    agreement_id: UUID
    salt: str
    number: int
    previous: str
    parties: tuple[Party, ...]
    terms: Terms
    prose: str

    def text(self) -> str:
        """The canonical JSON that is signed. `previous` is the digest of the version before: the chain."""
        parties = [{"person": str(party.person_id), "role": party.role} for party in self.parties]
        plain: dict[str, Any] = {
            "agreement": str(self.agreement_id),
            "format": FORMAT,
            "number": self.number,
            "parties": sorted(parties, key=lambda party: party["person"]),
            "previous": self.previous,
            "prose": self.prose,
            "salt": self.salt,
            "terms": to_plain(self.terms),
        }
        return canonical(plain)

    def digest(self) -> str:
        return digest(self.text())


def read_content(text: str) -> Content:
    """What canonical JSON says. Raises ValueError when it is not a content of this format."""
    try:
        plain = json.loads(text)
        if plain["format"] != FORMAT:
            raise ValueError("another format")
        return Content(
            agreement_id=UUID(plain["agreement"]),
            salt=str(plain["salt"]),
            number=int(plain["number"]),
            previous=str(plain["previous"]),
            parties=tuple(Party(UUID(party["person"]), str(party["role"])) for party in plain["parties"]),
            terms=from_plain(Terms, plain["terms"]),
            prose=str(plain["prose"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no content of an agreement") from error
