"""A contact: what happened between the two at one time, however many rooms have seen it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughline.ledger.domain.facts import Exemption, Kind, Medium, Part


@dataclass(frozen=True)
class Contact:
    """Facts of one occasion or of one time, counted once. Seconds and media mean what they mean in Fact.

    started_at, ended_at: first and last moment; of the live part alone where there is one.
    session: a live session in the sense of the practices. sources: the facts that it was merged from, sorted.
    """

    relationship_id: UUID
    kind: Kind
    medium: Medium
    started_at: datetime
    ended_at: datetime
    initiator_id: UUID | None
    occasion: str
    together: int
    both_voice: int
    both_video: int
    session: bool
    exemption: Exemption
    automatic: bool
    self_reported: bool
    parts: tuple[Part, ...]
    sources: tuple[str, ...]

    @property
    def live(self) -> bool:
        """Whether they met or talked, rather than wrote."""
        return self.kind in LIVE

    def part_of(self, person_id: UUID) -> Part:
        """What this person did in it; an empty part when they were not there."""
        return next((part for part in self.parts if part.person_id == person_id), Part(person_id))


LIVE = frozenset({Kind.CALL, Kind.MEETING, Kind.ELSEWHERE})
