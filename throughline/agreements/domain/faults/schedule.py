"""What is wrong with a schedule: dates that cross, a rhythm too slow for its term, holidays that leave nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, takewhile

from throughline.accounts.domain.zones import is_zone
from throughline.agreements.domain.faults.base import (
    EARLIEST,
    LONGEST_HOLIDAY_DAYS,
    MINUTES,
    MOST_HOLIDAYS,
    MOST_TURNS,
    Fault,
)
from throughline.agreements.domain.sentences import _
from throughline.agreements.domain.terms import Cadence, Holiday, Schedule, fitting

_YEAR = timedelta(days=366)


def schedule_faults(part: Schedule, today: date) -> Iterator[Fault]:
    found = [*_date_faults(part, today), *_holiday_faults(part, today), *_rhythm_faults(part), *_turn_faults(part)]
    yield from found or _meeting_faults(part, today)
    if not is_zone(part.zone):
        yield Fault("zone", _("There is no time zone called “%(zone)s”. Choose one from the list.", zone=part.zone))
    least, most = MINUTES
    if not least <= part.minutes <= most:
        yield Fault("minutes", _("A meeting lasts from %(least)s to %(most)s minutes.", least=least, most=most))


def _rhythm_faults(part: Schedule) -> Iterator[Fault]:
    if part.weekday not in range(7):
        yield Fault("weekday", _("Choose a day from Monday to Sunday."))
    if part.cadence is Cadence.MONTHLY and part.week_of_month not in (1, 2, 3, 4, -1):
        yield Fault("week_of_month", _("Say which one in the month: the first, second, third, fourth or last."))
    if part.cadence is not Cadence.MONTHLY and part.week_of_month is not None:
        yield Fault("week_of_month", _("Only a monthly meeting has a week of the month."))


def _turn_faults(part: Schedule) -> Iterator[Fault]:
    if not part.rotation:
        return
    if not 2 <= len(part.rotation) <= MOST_TURNS:
        yield Fault("rotation", _("Write from 2 to %(most)s times that take turns, or none.", most=MOST_TURNS))
    elif part.rotation[0] != part.time:
        yield Fault(
            "rotation",
            _("The first of these is the time of your first meeting, %(time)s. Change one of the two.", time=part.time),
        )


def _date_faults(part: Schedule, today: date) -> Iterator[Fault]:
    if not EARLIEST <= part.first <= today + 2 * _YEAR:
        yield Fault("first", _("The first date must be within the next two years."))
        return
    if part.last is None:
        return
    if part.last < part.first:
        yield Fault(
            "last",
            _(
                "This ends on %(last)s, before it starts on %(first)s. Choose a later last date, or leave it empty.",
                last=part.last,
                first=part.first,
            ),
        )
    elif part.last < today:
        yield Fault(
            "last",
            _("The last date, %(last)s, is already past. Choose a later one, or leave it empty.", last=part.last),
        )
    elif part.last > today + 10 * _YEAR:
        yield Fault("last", _("The last date is more than ten years away. Leave it empty if there is no end."))


def _holiday_faults(part: Schedule, today: date) -> Iterator[Fault]:
    if len(part.holidays) > MOST_HOLIDAYS:
        yield Fault("", _("Keep to %(most)s holidays or fewer; join those that touch.", most=MOST_HOLIDAYS))
    for number, holiday in enumerate(part.holidays, 1):
        field = f"holiday_last_{number}"
        if not EARLIEST <= holiday.first <= today + 3 * _YEAR:
            yield Fault(f"holiday_first_{number}", _("A holiday must begin within the next three years."))
        elif holiday.last < holiday.first:
            yield Fault(
                field,
                _(
                    "This holiday ends on %(last)s, before it begins on %(first)s. Swap the two, or mend one.",
                    last=holiday.last,
                    first=holiday.first,
                ),
            )
        elif holiday.last - holiday.first >= timedelta(days=LONGEST_HOLIDAY_DAYS):
            yield Fault(
                field,
                _("That is more than a year without meetings. For a long break, pause your mentoring instead."),
            )


def _meeting_faults(part: Schedule, today: date) -> Iterator[Fault]:
    """Only for a schedule whose dates and rhythm are right by themselves, so that counting its meetings is short."""
    due = list(islice(fitting(part), 2))
    if not due:
        yield Fault(
            "last",
            _(
                "No meeting fits between these two dates: the first would be on %(next)s. Choose that or a later "
                "last date.",
                next=part.anchor(),
            ),
        )
        return
    if len(due) == 1:
        endless = list(islice(fitting(replace(part, last=None)), 2))
        yield Fault(
            "last",
            _(
                "With this rhythm only one meeting fits, on %(only)s. Meet more often, or choose %(next)s or a later "
                "day as the last, or leave it empty.",
                only=due[0],
                next=endless[-1],
            ),
        )
        return
    yield from _eaten(part, today)


def _eaten(part: Schedule, today: date) -> Iterator[Fault]:
    since = max(part.first, today)
    ahead = [day for day in takewhile(lambda day: day <= since + _YEAR, fitting(part)) if day >= since]
    if not ahead or not part.holidays or not all(part.rests(day) for day in ahead):
        return
    number, widest = max(enumerate(part.holidays, 1), key=lambda each: _taken(each[1], ahead))
    yield Fault(
        f"holiday_last_{number}",
        _(
            "These holidays take every meeting from %(first)s to %(last)s. Shorten this one, which runs from "
            "%(begins)s to %(ends)s, or choose another day or rhythm.",
            first=ahead[0],
            last=ahead[-1],
            begins=widest.first,
            ends=widest.last,
        ),
    )


def _taken(holiday: Holiday, days: list[date]) -> int:
    return sum(holiday.covers(day) for day in days)
