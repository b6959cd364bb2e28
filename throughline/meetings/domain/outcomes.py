"""What became of a meeting: judged from what really happened, by the definitions of the practices.

Held: both sides were together for at least max(10 min, 50 % of the planned length).
Kept: held, and both were together within 15 min of the first agreed start.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.ledger.domain.facts import Part

if TYPE_CHECKING:
    from throughline.calls.domain.media import Talk

OPENS = timedelta(minutes=10)
GRACE = timedelta(minutes=60)
PUNCTUAL = timedelta(minutes=15)
LEAST_SECONDS = 600
AHEAD = timedelta(hours=24)


class Outcome(StrEnum):
    """How a meeting ended up. SHORT: both came, for less than counts as held."""

    HELD = "held"
    SHORT = "short"
    ONE_CAME = "one came"
    NOBODY_CAME = "nobody came"
    CANCELLED_EARLY = "cancelled early"
    CANCELLED_LATE = "cancelled late"

    @property
    def missed(self) -> bool:
        return self in (Outcome.ONE_CAME, Outcome.NOBODY_CAME)


@dataclass(frozen=True)
class Planned:
    """A meeting as it was agreed. Instants in UTC."""

    first_start: datetime
    start: datetime
    end: datetime

    @property
    def opens_at(self) -> datetime:
        """From here on people can join."""
        return self.start - OPENS

    @property
    def closes_at(self) -> datetime:
        """Until here people can join; then the meeting is settled."""
        return self.end + GRACE

    @property
    def seconds_needed(self) -> int:
        """Seconds together that make it held."""
        return max(LEAST_SECONDS, int((self.end - self.start).total_seconds()) // 2)


@dataclass(frozen=True)
class Verdict:
    """What the calls of a meeting add up to. started_at: when both were first together."""

    outcome: Outcome
    kept: bool
    together: int
    both_voice: int
    both_video: int
    started_at: datetime | None
    ended_at: datetime | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class MeetingOutcome:
    """A meeting whose time has come, for the measures.

    due: its first agreed start has passed outside every pause. moved_ahead: how long before the start it then had
    the first move was asked for; None when it was never moved. self_reported: it took place elsewhere, as one said and
    another confirmed; it is shown apart and not due, as is one that both went to elsewhere and nobody has told of yet.
    """

    meeting_id: UUID
    first_start: datetime
    start: datetime
    end: datetime
    outcome: Outcome
    due: bool
    kept: bool
    together: int
    started_at: datetime | None
    moved_ahead: timedelta | None = None
    self_reported: bool = False

    @property
    def held(self) -> bool:
        return self.outcome is Outcome.HELD


def judge(planned: Planned, talks: Sequence[Talk], came: Collection[UUID]) -> Verdict:
    """The verdict on a meeting that nobody cancelled, from all its calls so far.

    talks: the calls in which both sides were together. came: everybody who was in any of its calls at all.
    """
    together = sum(talk.together for talk in talks)
    started_at = min((talk.started_together_at for talk in talks), default=None)
    held = together >= planned.seconds_needed
    return Verdict(
        outcome=_outcome(held, started_at, came),
        kept=held and started_at is not None and abs(started_at - planned.first_start) <= PUNCTUAL,
        together=together,
        both_voice=sum(talk.both_voice for talk in talks),
        both_video=sum(talk.both_video for talk in talks),
        started_at=started_at,
        ended_at=max((talk.ended_at for talk in talks), default=None),
        parts=_parts(talks, came),
    )


def _outcome(held: bool, started_at: datetime | None, came: Collection[UUID]) -> Outcome:
    if held:
        return Outcome.HELD
    if started_at is not None:
        return Outcome.SHORT
    return Outcome.ONE_CAME if came else Outcome.NOBODY_CAME


def _parts(talks: Sequence[Talk], came: Collection[UUID]) -> tuple[Part, ...]:
    """Each person's seconds over all talks; zeros for somebody who came and met nobody."""
    people = sorted({part.person_id for talk in talks for part in talk.parts} | set(came))
    own = {person: [part for talk in talks for part in talk.parts if part.person_id == person] for person in people}
    return tuple(
        Part(person, sum(p.present for p in parts), sum(p.voice for p in parts), sum(p.video for p in parts))
        for person, parts in own.items()
    )


def cancelled(planned: Planned, at: datetime) -> Outcome:
    return Outcome.CANCELLED_EARLY if planned.start - at >= AHEAD else Outcome.CANCELLED_LATE
