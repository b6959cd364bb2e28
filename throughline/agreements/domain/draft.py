"""Parts on their way to an agreement: what is there, what is missing, and the content that people sign."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from throughline.agreements.domain.canonical import canonical, digest
from throughline.agreements.domain.faults import Fault, faults_between, faults_of
from throughline.agreements.domain.plain import from_plain, to_plain
from throughline.agreements.domain.sentences import Sentence, _
from throughline.agreements.domain.terms import (
    Part,
    PartKind,
    Schedule,
    Terms,
    usual_ending,
    usual_reconnection,
    usual_review,
)
from throughline.agreements.domain.upgrade import FORMAT, upgraded

USUAL = (PartKind.RECONNECTION, PartKind.ENDING, PartKind.REVIEW)
"""The parts that hold as usual until somebody writes them."""
SIX = tuple(kind for kind in PartKind if kind not in USUAL)


def with_the_usual(parts: Mapping[PartKind, Part]) -> dict[PartKind, Part]:
    """The parts, and beside them what is usual, once there is a schedule and nobody has said otherwise."""
    schedule = parts.get(PartKind.SCHEDULE)
    if not isinstance(schedule, Schedule):
        return dict(parts)
    usual: dict[PartKind, Part] = {
        PartKind.RECONNECTION: usual_reconnection(schedule.cadence),
        PartKind.ENDING: usual_ending(),
        PartKind.REVIEW: usual_review(schedule),
    }
    return usual | dict(parts)


def assemble(parts: Mapping[PartKind, Part]) -> Terms | None:
    """The whole, or None while one of the six parts is missing."""
    whole = with_the_usual(parts)
    if any(kind not in whole for kind in PartKind):
        return None
    return Terms(**{kind.value: whole[kind] for kind in PartKind})  # type: ignore[arg-type]  # by PART_TYPES


def as_asked_then(terms: Terms, signed: Terms, parts: Mapping[PartKind, Part]) -> Terms:
    """The terms without the usual parts that nobody has written and that an older signed version was not asked for."""
    return replace(
        terms,
        reconnection=terms.reconnection if signed.reconnection or PartKind.RECONNECTION in parts else None,
        ending=terms.ending if signed.ending or PartKind.ENDING in parts else None,
    )


@dataclass(frozen=True)
class Obstacle:
    """Why nobody can sign yet, and the part whose form mends it. since: the format that first asks for it."""

    part: PartKind
    sentence: Sentence
    since: int = 1


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
    for written, part in with_the_usual(parts).items():
        yield from _as_obstacles(written, faults_of(part, today))
    if terms := assemble(parts):
        yield from _as_obstacles(PartKind.REVIEW, faults_between(terms, today))


def _as_obstacles(kind: PartKind, faults: Iterable[Fault]) -> Iterator[Obstacle]:
    return (Obstacle(kind, fault.sentence, fault.since) for fault in faults)


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
    """What canonical JSON of any format says. Raises ValueError when it is no content.

    What comes back from an older format writes other bytes than it was read from: keep those that were signed.
    """
    try:
        plain = json.loads(text)
        return Content(
            agreement_id=UUID(plain["agreement"]),
            salt=str(plain["salt"]),
            number=int(plain["number"]),
            previous=str(plain["previous"]),
            parties=tuple(Party(UUID(party["person"]), str(party["role"])) for party in plain["parties"]),
            terms=from_plain(Terms, upgraded(plain["terms"], plain["format"])),
            prose=str(plain["prose"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no content of an agreement") from error


def format_of(text: str) -> int:
    """The format that canonical JSON of a content says it has."""
    return int(json.loads(text)["format"])
