"""From "days ago" to instants: people write when they are awake, and meet at one time of their own clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from throughline.agreements.domain.terms import Cadence, Schedule
from throughline.demo.domain.conversation import Exchange, Said
from throughline.demo.domain.story import Character, Rhythm

STEP = {Cadence.WEEKLY: timedelta(days=7), Cadence.FORTNIGHTLY: timedelta(days=14)}
UP, DOWN = 8, 22


class Dice(Protocol):
    """What `random.Random` is to us: the same seed throws the same."""

    def randint(self, a: int, b: int) -> int: ...


@dataclass(frozen=True)
class Line:
    """A message about to be written."""

    at: datetime
    said: Said


def home_of(character: Character, now: datetime) -> str:
    """The one of their zones where the day now stands nearest to their hour."""
    if character.hour is None:
        return character.zones[0]
    wanted = character.hour

    def away(zone: str) -> float:
        here = now.astimezone(ZoneInfo(zone))
        apart = abs(here.hour + here.minute / 60 - wanted)
        return min(apart, 24 - apart)

    return min(character.zones, key=away)


def schedule_of(rhythm: Rhythm, zone: str, other: str, *, now: datetime, begins: date) -> Schedule:
    """The schedule, on the clock of `zone`, whose next meeting is the rhythm's and whose first is not before `begins`.

    Where the rhythm names an hour at which one of the two sleeps, the kindest hour to both takes its place.
    """
    here = ZoneInfo(zone)
    if rhythm.hours_ahead is None:
        day = now.astimezone(here).date() + timedelta(days=rhythm.days_ahead)
        at = min((time(*rhythm.at), *map(time, range(24))), key=lambda at: _unkind(day, at, (zone, other)))
    else:
        upcoming = _on_five_minutes(now + timedelta(hours=rhythm.hours_ahead)).astimezone(here)
        day, at = upcoming.date(), upcoming.time()
    first = day
    while first - STEP[rhythm.cadence] >= begins:
        first -= STEP[rhythm.cadence]
    return Schedule(rhythm.cadence, day.weekday(), None, at, zone, rhythm.minutes, first, None)


def _unkind(day: date, at: time, zones: tuple[str, str]) -> float:
    """How many hours this lies outside of 8:00 to 20:00, for the two together."""
    instant = datetime.combine(day, at, ZoneInfo(zones[0]))
    theirs = (instant.astimezone(ZoneInfo(zone)) for zone in zones)
    hours = (one.hour + one.minute / 60 for one in theirs)
    return sum(max(8 - hour, hour - 20, 0) for hour in hours)


def _on_five_minutes(instant: datetime) -> datetime:
    whole = instant.replace(minute=instant.minute - instant.minute % 5, second=0, microsecond=0)
    return whole if whole == instant else whole + timedelta(minutes=5)


def morning(days_ago: float, zone: str, now: datetime, dice: Dice, hour: int = 9) -> datetime:
    """Some minutes after this hour of that day there; within the last day, exactly so long ago."""
    if days_ago < 1:
        return now - timedelta(days=days_ago)
    day = (now - timedelta(days=days_ago)).astimezone(ZoneInfo(zone)).date()
    there = datetime.combine(day, time(hour), ZoneInfo(zone)) + timedelta(minutes=dice.randint(0, 55))
    return min(there.astimezone(UTC), now - timedelta(minutes=30))


def lines_of(exchange: Exchange, zones: Sequence[str], now: datetime, dice: Dice) -> Iterator[Line]:
    """zones: the mentor's and the mentee's."""
    at: datetime | None = None
    for said in exchange.lines:
        zone = zones[said.by_mentee]
        if at is None:
            at = morning(exchange.days_ago, zone, now, dice)
        elif exchange.days_ago < 1:
            at = min(at + timedelta(minutes=dice.randint(2, 9)), now - timedelta(minutes=1))
        else:
            at = min(_awake(at + timedelta(minutes=dice.randint(15, 150)), zone), now - timedelta(minutes=1))
        yield Line(at, said)


def _awake(instant: datetime, zone: str) -> datetime:
    there = instant.astimezone(ZoneInfo(zone))
    if there.hour >= DOWN:
        there = (there + timedelta(days=1)).replace(hour=UP)
    elif there.hour < UP:
        there = there.replace(hour=UP)
    return there.astimezone(UTC)
