"""When news may reach a person: after their quiet hours, on their days, in the rhythm that they chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Availability
from throughline.notices.domain.topics import Rhythm

MORNING = time(9)
_MOST_STEPS = 3 * 400  # a year of days on which somebody is away


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
        before = now
        now = availability.awake_at(now)
        if (
            terms.working_days_only
            and availability.working_days
            and not availability.works(now.astimezone(zone).date())
        ):
            next_day = now.astimezone(zone).date() + timedelta(days=1)
            now = datetime.combine(next_day, time(0), zone).astimezone(UTC)
            continue
        now = _slot(now, availability, terms.rhythm, zone)
        if now == before:
            break
    return now


def _slot(at: datetime, availability: Availability, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
    if rhythm is Rhythm.HOURLY:
        hour = at.replace(minute=0, second=0, microsecond=0)
        return at if hour == at else hour + timedelta(hours=1)
    if rhythm is Rhythm.MORNING:
        on = at.astimezone(zone).date()
        while True:
            morning = availability.awake_at(datetime.combine(on, MORNING, zone))
            if at <= morning:
                return morning
            on += timedelta(days=1)
    return at
