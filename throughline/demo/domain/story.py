"""The words in which the demonstration is told. Every time is told from the end: `days_ago`, and `days_ahead`.

Pair(key="kiran", mentor="marisol", mentee="kiran", joined=84, …)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from throughline.accounts.domain.needs import Need
from throughline.agreements.domain.terms import Cadence, Mode, Who


@dataclass(frozen=True)
class Character:
    """Somebody invented. `zones`: where they may live; the first, or the one whose clock is nearest to `hour` then."""

    key: str
    name: str
    zones: tuple[str, ...]
    pronouns: str = ""
    offers: str = ""
    looks_for: str = ""
    hour: int | None = None
    needs: frozenset[Need] = frozenset()

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


class Came(StrEnum):
    """What becomes of a meeting, one letter each, so that twelve weeks are one line."""

    SEEN = "V"  # on time, cameras on
    SEEN_LATE = "v"  # twenty minutes late: held, not kept
    HEARD = "A"  # on time, by voice
    SHORT = "s"
    MENTEE_ALONE = "1"
    MENTOR_ALONE = "m"
    NOBODY = "0"


@dataclass(frozen=True)
class Rhythm:
    """When a pair meets. The next meeting is `hours_ahead` of the end of the story, on the mentor's clock.

    Or, when `at` is given, at this hour of the day that is `days_ahead`.
    """

    cadence: Cadence
    minutes: int
    hours_ahead: float | None = None
    days_ahead: int = 0
    at: tuple[int, int] = (9, 0)


@dataclass(frozen=True)
class Terms:
    """What a pair has agreed on, beside its rhythm. goals: (what, how both will know). answers: working days."""

    goals: tuple[tuple[str, str], ...]
    prepared: tuple[tuple[str, Who, int], ...]
    off_limits: str
    may_be_told: str = ""
    answers: tuple[int, int] = (2, 2)
    mode: Mode = Mode.PRIVATE


@dataclass(frozen=True)
class Promise:
    """Something one of them took on. done and dropped: how many days ago, None while it is open."""

    mentee: bool
    words: str
    made: int
    due: int  # days ahead; negative when it was due before the end of the story
    done: int | None = None
    moved: tuple[int, int] | None = None  # (days ago, new due in days ahead)
    dropped: tuple[int, str] | None = None


@dataclass(frozen=True)
class Call:
    """A call that nobody planned."""

    days_ago: float
    minutes: int
    cameras: bool
    by_mentee: bool = True


@dataclass(frozen=True)
class Rest:
    """A pause, asked for by the mentee unless said, and accepted a few hours later."""

    asked: int
    first: int  # days ahead of the end; negative when it has begun
    last: int
    why: str
    by_mentee: bool = True


@dataclass(frozen=True)
class Farewell:
    """The end, by the mentee; then both look back."""

    days_ago: int
    mentee: str
    mentor: str


@dataclass(frozen=True)
class Amendment:
    """The mentee writes another rhythm and signs; the mentor has not yet."""

    days_ago: int
    rhythm: Rhythm


@dataclass(frozen=True)
class Aim:
    """A goal: an objective of the agreement by its place, or in words of its own. Exactly one way to measure it.

    number: (unit, baseline, target). steps: (words, due in days ahead). levels: five sentences, the lowest first.
    lines: (days ago, what was recorded). moved: (days ago, the new date in days ahead, why).
    """

    taken: int
    due: int
    objective: int | None = None
    sentence: str = ""
    number: tuple[str, float, float] | None = None
    steps: tuple[tuple[str, int], ...] = ()
    levels: tuple[str, str, str, str, str] | None = None
    lines: tuple[tuple[int, str], ...] = ()
    moved: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class Pair:
    """Two people and what they lived through. came: what became of each meeting, the latest last."""

    key: str
    mentor: str
    mentee: str
    joined: int
    note: str
    rhythm: Rhythm | None = None
    terms: Terms | None = None
    signed: int | None = None  # days ago; None: nothing is signed yet
    came: str = ""
    enrolled: int | None = None
    unread: int = 0  # of the last lines of their conversation
    promises: tuple[Promise, ...] = ()
    aims: tuple[Aim, ...] = ()
    calls: tuple[Call, ...] = ()
    rest: Rest | None = None
    farewell: Farewell | None = None
    amendment: Amendment | None = None


@dataclass(frozen=True)
class Asked:
    """An invitation that nobody has answered yet."""

    by: str
    email: str
    note: str
    days_ago: int
