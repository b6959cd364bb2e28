"""All that a measure may look at: what happened, what was signed, and the instant it is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from throughline.accounts.domain.availability import Availability
from throughline.agreements.domain.framing import Framing
from throughline.agreements.domain.terms import Cadence, Terms
from throughline.goals.domain.facts import GoalFacts, Touched
from throughline.ledger.domain.bursts import Turn, turns_between
from throughline.ledger.domain.contacts import Contact
from throughline.meetings.domain.outcomes import MeetingOutcome
from throughline.relationships.domain.states import Span

NO_FRAMING = Framing()
TWELVE_WEEKS = timedelta(weeks=12)
FOUR_WEEKS = timedelta(days=28)
LAST_DUE = 8
_DAYS = {Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14, Cadence.MONTHLY: 30}


@dataclass(frozen=True)
class Side:
    """Somebody in the relationship."""

    person_id: UUID
    called: str
    mentors: bool = False


@dataclass(frozen=True)
class Ask:
    """A message that asked for an answer. due: by when the agreement wants it, None where nothing is signed.

    answered: when the one who was asked wrote next.
    """

    by_id: UUID
    asked_id: UUID
    at: datetime
    due: datetime | None
    answered: datetime | None


@dataclass(frozen=True)
class Record:
    """contacts, outcomes and turns by time, none later than `now`. ahead: meetings in the calendar after it.

    began: when both were in. framing: how the agreement came about. asks: messages that asked for an answer. goals:
    those that are shared; touches: when one was opened, or progress on it recorded, by time. These four only where the
    practices' own pages read them, as said: what each side named as good for meeting; and shifts: of how many changes
    of clocks both were told ahead. answers: who answered the private question about cameras, and when: never what.
    """

    now: datetime
    contacts: tuple[Contact, ...] = ()
    outcomes: tuple[MeetingOutcome, ...] = ()
    ahead: int = 0
    terms: Terms | None = None
    pauses: tuple[Span, ...] = ()
    turns: tuple[Turn, ...] = ()
    sides: tuple[Side, ...] = ()
    began: datetime | None = None
    answers: tuple[tuple[UUID, datetime], ...] = ()
    framing: Framing = NO_FRAMING
    asks: tuple[Ask, ...] = ()
    goals: tuple[GoalFacts, ...] = ()
    touches: tuple[Touched, ...] = ()
    said: tuple[tuple[UUID, Availability], ...] = ()
    shifts: int = 0

    @property
    def cadence_days(self) -> int:
        """The agreed cadence c in days; weekly until there is one."""
        return _DAYS[self.terms.schedule.cadence] if self.terms else 7

    @property
    def zone(self) -> str:
        """Whose days and weeks are meant: the signed schedule's zone, which both chose; UTC until there is one."""
        return self.terms.schedule.zone if self.terms else "UTC"

    @property
    def due(self) -> list[MeetingOutcome]:
        """The due meetings of the window for meetings."""
        since = window_start(self.outcomes, self.now)
        return [outcome for outcome in self.outcomes if outcome.due and outcome.first_start >= since]

    @property
    def paused(self) -> bool:
        return any(pause.covers(self.now) for pause in self.pauses)

    @property
    def edges(self) -> list[tuple[Side, Side]]:
        """Every mentor with every mentee."""
        return [(one, other) for one in self.sides if one.mentors for other in self.sides if not other.mentors]

    def of_edge(self, one: Side, other: Side) -> Record:
        """What this mentor and this mentee did with each other. Meetings are everybody's, so outcomes stay.

        In a circle a contact holds what both sides did; of it the two can claim no more than each sent.
        """
        if len(self.sides) <= 2:
            return self
        both = frozenset({one.person_id, other.person_id})
        return replace(
            self,
            contacts=tuple(_claimed(contact, both) for contact in self.contacts if _took_part(contact, both)),
            turns=tuple(turns_between(self.turns, both)),
            sides=(one, other),
            said=tuple(each for each in self.said if each[0] in both),
            asks=tuple(ask for ask in self.asks if {ask.by_id, ask.asked_id} == both),
            answers=tuple(answer for answer in self.answers if answer[0] in both),
            goals=tuple(goal for goal in self.goals if goal.owner_id is None or goal.owner_id in both),
        )


def window_start(outcomes: Sequence[MeetingOutcome], now: datetime) -> datetime:
    """Where the window for meetings begins: the longer of twelve weeks and the last eight due."""
    due = sorted(outcome.first_start for outcome in outcomes if outcome.due)
    return min([now - TWELVE_WEEKS, *due[-LAST_DUE:][:1]])


def _took_part(contact: Contact, both: frozenset[UUID]) -> bool:
    """Live: both were present. Written: one of the two wrote."""
    there = {part.person_id for part in contact.parts if part.present or not contact.live}
    return both <= there if contact.live else bool(both & there)


def _claimed(contact: Contact, both: frozenset[UUID]) -> Contact:
    parts = [part for part in contact.parts if part.person_id in both]
    return replace(
        contact,
        together=min([contact.together, *(part.present for part in parts)]),
        both_voice=min([contact.both_voice, *(part.voice for part in parts)]),
        both_video=min([contact.both_video, *(part.video for part in parts)]),
    )
