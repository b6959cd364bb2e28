"""When news may reach a person: after their quiet hours, on their days, in the rhythm that they chose.

Where an hour or a morning falls into quiet hours, their end takes its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Availability
from throughline.notices.domain.topics import Rhythm

MORNING = time(9)
_MOST_STEPS = 400  # days on which somebody may be away, one after another


@dataclass(frozen=True)
class Terms:
    """undisturbed_until: an instant before which nothing comes, however urgent."""

    rhythm: Rhythm = Rhythm.AT_ONCE
    working_days_only: bool = False
    undisturbed_until: datetime | None = None


def right_time(at: datetime, availability: Availability, terms: Terms, *, urgent: bool = False) -> datetime:
    """The first instant from `at` on, in UTC, at which it may come. What is urgent waits for asked-for peace alone."""
    now = at.astimezone(UTC)
    if terms.undisturbed_until and now < terms.undisturbed_until:
        now = terms.undisturbed_until.astimezone(UTC)
    if urgent:
        return now
    zone = ZoneInfo(availability.zone)
    for _step in range(_MOST_STEPS):
        now = availability.awake_at(now)
        if _suits(now, availability, terms, zone):
            slot = _slot(now, availability, terms.rhythm, zone)
            if _suits(slot, availability, terms, zone):
                return slot
            now = slot
        on = now.astimezone(zone).date()
        now = datetime.combine(on + timedelta(days=1), time(0), zone).astimezone(UTC)
    return now


def _suits(at: datetime, availability: Availability, terms: Terms, zone: ZoneInfo) -> bool:
    """Whoever has no working day at all is not kept waiting for one."""
    if not terms.working_days_only or not availability.working_days:
        return True
    return availability.works(at.astimezone(zone).date())


def _slot(at: datetime, availability: Availability, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
    if rhythm is Rhythm.HOURLY:
        hour = at.replace(minute=0, second=0, microsecond=0)
        return at if hour == at else availability.awake_at(hour + timedelta(hours=1))
    if rhythm is Rhythm.MORNING:
        on = at.astimezone(zone).date()
        while True:
            morning = availability.awake_at(datetime.combine(on, MORNING, zone))
            if at <= morning:
                return morning
            on += timedelta(days=1)
    return at
