"""What stays between people: who can read, what is off limits, what may be told, kept, recorded, and what stays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from throughline.relationships.domain.confidence import Mode


class Notes(StrEnum):
    """Notes that somebody takes for themselves, outside what both write here."""

    OWN = "own"
    SHARED = "shared"
    NONE = "none"


class Recordings(StrEnum):
    NEVER = "never"
    ASKED = "asked"


class AtEnd(StrEnum):
    """What becomes of what was written, once the mentoring is over."""

    KEPT = "kept"
    ERASED = "erased"


@dataclass(frozen=True)
class Confidentiality:
    """The mode (`descriptions.who_can_see` tells each as a table), and the clauses.

    Texts are the pair's own words, "" where there is nothing to say.
    None: signed before the clause was asked for, so nothing was agreed about it.
    """

    mode: Mode
    off_limits: str
    may_be_told: str
    duties: str | None = ""
    notes: Notes | None = Notes.OWN
    recordings: Recordings | None = Recordings.NEVER
    at_end: AtEnd | None = AtEnd.KEPT


@dataclass(frozen=True)
class Ending:
    """How it ends without fault: told so many days before where that can be, with a last meeting or without."""

    notice_days: int
    last_meeting: bool
    words: str = ""


__all__ = ["AtEnd", "Confidentiality", "Ending", "Mode", "Notes", "Recordings"]
