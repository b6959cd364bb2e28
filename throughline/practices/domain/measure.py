"""A practice's number as both people see it: what it is, where its target comes from, and what is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from throughline.ledger.domain.contacts import Contact
    from throughline.meetings.domain.outcomes import Outcome


SHOWN = 60  # of what is behind a number, a page lists so many


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


class Unit(StrEnum):
    """What a value is counted in. NUMBER: without a unit, such as a ratio of two."""

    SHARE = "share"
    NUMBER = "number"
    DAYS = "days"


@dataclass(frozen=True)
class Target:
    """A bound for a value, in the value's own unit. aim: further than the bound, worth going for."""

    bound: float
    origin: Origin
    at_most: bool = False
    unit: Unit = Unit.SHARE
    aim: float | None = None

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

    at: UTC. together, both_video: seconds. contact: None for a meeting that did not take place. goal_id: for a goal.
    """

    at: datetime
    counted: bool
    why: str
    together: int = 0
    both_video: int = 0
    contact: Contact | None = None
    outcome: Outcome | None = None
    meeting_id: UUID | None = None
    goal_id: UUID | None = None


@dataclass(frozen=True)
class Point:
    """`done` of `of` in the four weeks up to a day; nothing to count has no value."""

    day: date
    done: int
    of: int

    @property
    def value(self) -> float | None:
        return self.done / self.of if self.of else None


@dataclass(frozen=True)
class Trend:
    """Twelve points, a week apart. sentence: what the curve says, for whoever does not see it."""

    points: tuple[Point, ...]
    target: Target | None
    sentence: str

    @property
    def bound(self) -> float | None:
        """Where the target lies, when more is better."""
        return None if self.target is None or self.target.at_most else self.target.bound


@dataclass(frozen=True)
class Reading:
    """What a practice's function finds. figure: the practice's own number; parts: what stands beside it.

    behind: the latest ones first, at most SHOWN; more: how many earlier ones there are. window: in a sentence.
    """

    figure: Figure
    parts: tuple[Figure, ...] = ()
    behind: tuple[Behind, ...] = ()
    more: int = 0
    window: str = ""
    exempt: int = 0
    trend: Trend | None = None


class Act(StrEnum):
    """What a step leads to; the page knows the address."""

    WRITE = "write"
    SAY = "say"
    CALL = "call"
    AGREEMENT = "agreement"
    ANSWER = "answer"
    GOAL = "goal"
    MEETINGS = "meetings"
    TIMES = "times"


@dataclass(frozen=True)
class Choice:
    """One way to take a step. value: what is sent along: the words of SAY, the answer of ANSWER, a goal's id."""

    act: Act
    label: str
    value: str = ""


@dataclass(frozen=True)
class Step:
    """What one person could do next: one thing, with the ways to do it. blocks: times that suit both, in UTC."""

    words: str
    why: str
    choices: tuple[Choice, ...]
    wants_blocks: bool = False
    blocks: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Who a step is for. open_kind: what sort of thing lies open for them first, if anything; never its title.

    asked: when they were last asked the private question and answered, or put a step of this practice aside.
    """

    person_id: UUID
    open_kind: str = ""
    asked: datetime | None = None


@dataclass(frozen=True)
class Measure:
    """One of the guide's practices for one relationship. sentence: the guide's own words. Fields of Reading are
    flattened; where there are several edges, they are those of the worst."""

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
    more: int
    window: str
    exempt: int
    trend: Trend | None
    edges: int
