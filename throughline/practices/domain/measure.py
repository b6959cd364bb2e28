"""A practice's number as both people see it: what it is, where its target comes from, and what is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from throughline.ledger.domain.contacts import Contact
    from throughline.meetings.domain.outcomes import Outcome


class Status(StrEnum):
    """NOTHING_YET: nothing to count so far. NOT_MEASURED: this installation cannot tell yet."""

    OK = "ok"
    SHORT = "short"
    TOO_EARLY = "too-early"
    NOTHING_YET = "nothing-yet"
    DOES_NOT_APPLY = "does-not-apply"
    NOT_MEASURED = "not-measured"


class Origin(StrEnum):
    """Where a target comes from: said beside every one."""

    GUIDE = "guide"
    AGREEMENT = "agreement"
    BENCHMARK = "benchmark"
    DEFAULT = "default"


@dataclass(frozen=True)
class Target:
    """A bound for a value, in the value's own unit."""

    bound: float
    origin: Origin
    at_most: bool = False

    def met_by(self, value: float) -> bool:
        return value <= self.bound if self.at_most else value >= self.bound


@dataclass(frozen=True)
class Figure:
    """One number with its words. value: None where there is none. note: a sentence that explains it."""

    id: str
    title: str
    value: float | None
    words: str
    status: Status
    target: Target | None = None
    note: str = ""


@dataclass(frozen=True)
class Behind:
    """One contact or meeting behind a number: whether it counted, and why or why not, in a sentence.

    at: UTC. together, both_video: seconds. contact: None for a meeting that did not take place.
    """

    at: datetime
    counted: bool
    why: str
    together: int = 0
    both_video: int = 0
    contact: Contact | None = None
    outcome: Outcome | None = None
    meeting_id: UUID | None = None


@dataclass(frozen=True)
class Reading:
    """What a practice's function finds. figure: the practice's own number; parts: what stands beside it."""

    figure: Figure
    parts: tuple[Figure, ...] = ()
    behind: tuple[Behind, ...] = ()
    since: datetime | None = None
    exempt: int = 0


@dataclass(frozen=True)
class Measure:
    """One of the guide's practices for one pair. sentence: the guide's own words. Fields of Reading are flattened."""

    id: str
    title: str
    sentence: str
    value: float | None
    words: str
    status: Status
    target: Target | None
    note: str
    parts: tuple[Figure, ...]
    behind: tuple[Behind, ...]
    since: datetime | None
    exempt: int
