"""All that a measure may look at: what happened, what was signed, and the instant it is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughline.agreements.domain.terms import Cadence, Terms
from throughline.ledger.domain.contacts import Contact
from throughline.meetings.domain.outcomes import MeetingOutcome
from throughline.relationships.domain.states import Span

TWELVE_WEEKS = timedelta(weeks=12)
LAST_DUE = 8
_DAYS = {Cadence.WEEKLY: 7, Cadence.FORTNIGHTLY: 14, Cadence.MONTHLY: 30}


@dataclass(frozen=True)
class Record:
    """contacts and outcomes by time, none later than `now`. ahead: meetings that stand in the calendar after it."""

    now: datetime
    contacts: tuple[Contact, ...] = ()
    outcomes: tuple[MeetingOutcome, ...] = ()
    ahead: int = 0
    terms: Terms | None = None
    pauses: tuple[Span, ...] = ()

    @property
    def cadence_days(self) -> int:
        """The agreed cadence c in days; weekly until there is one."""
        return _DAYS[self.terms.schedule.cadence] if self.terms else 7

    @property
    def due(self) -> list[MeetingOutcome]:
        """The due meetings of the window for meetings."""
        since = window_start(self.outcomes, self.now)
        return [outcome for outcome in self.outcomes if outcome.due and outcome.first_start >= since]


def window_start(outcomes: Sequence[MeetingOutcome], now: datetime) -> datetime:
    """Where the window for meetings begins: the longer of twelve weeks and the last eight due."""
    due = sorted(outcome.first_start for outcome in outcomes if outcome.due)
    return min([now - TWELVE_WEEKS, *due[-LAST_DUE:][:1]])
