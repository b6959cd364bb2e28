"""What is wrong with a part, in one clear sentence each, at the field that can mend it.

`today` is the date where the person is; a date long past or far ahead is a slip of the keyboard.
Fields are named as the forms name them: "minutes", "outcome_2"; "" is the part as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch

from throughline.accounts.domain.zones import is_zone
from throughline.agreements.domain.sentences import Sentence, _
from throughline.agreements.domain.terms import (
    LONGEST_REVIEW_DAYS,
    Cadence,
    Channels,
    Confidentiality,
    Objectives,
    Preparation,
    Responses,
    ResponseTime,
    Review,
    Schedule,
    Terms,
    Unit,
    Ways,
)

MINUTES = (10, 180)
MOST_ITEMS = 10
LONGEST_LINE = 300
LONGEST_TEXT = 4000
LONGEST_WAIT = {Unit.HOURS: 80, Unit.DAYS: 20}
LONGEST_BEFORE_HOURS = 14 * 24
SHORTEST_REVIEW_DAYS = 7
EARLIEST = date(2020, 1, 1)


@dataclass(frozen=True)
class Fault:
    field: str
    sentence: Sentence


@singledispatch
def faults_of(part: object, today: date) -> Iterator[Fault]:
    """Nothing when people may sign the part."""
    raise TypeError(f"{type(part).__name__} is no part of an agreement")


@faults_of.register
def _objectives(part: Objectives, today: date) -> Iterator[Fault]:
    if not part.items:
        yield Fault("", _("Write at least one objective: what should be different at the end?"))
    if len(part.items) > MOST_ITEMS:
        yield Fault("", _("Keep to %(most)s objectives or fewer, so that each gets its time.", most=MOST_ITEMS))
    for number, item in enumerate(part.items, 1):
        if not item.aim.strip():
            yield Fault(f"aim_{number}", _("What is the objective that leads to this outcome?"))
        if not item.outcome.strip():
            yield Fault(f"outcome_{number}", _("How will you both know that this objective came true?"))
        yield from _too_long(f"aim_{number}", item.aim, LONGEST_LINE)
        yield from _too_long(f"outcome_{number}", item.outcome, LONGEST_LINE)


def _too_long(field: str, text: str, most: int) -> Iterator[Fault]:
    if len(text) > most:
        yield Fault(
            field,
            _("This has %(length)s characters; please keep it to %(most)s.", length=len(text), most=most),
        )


@faults_of.register
def _schedule(part: Schedule, today: date) -> Iterator[Fault]:
    before = _date_faults(part, today)
    yield from before
    if part.weekday not in range(7):
        yield Fault("weekday", _("Choose a day from Monday to Sunday."))
    if part.cadence is Cadence.MONTHLY and part.week_of_month not in (1, 2, 3, 4, -1):
        yield Fault("week_of_month", _("Say which one in the month: the first, second, third, fourth or last."))
    if part.cadence is not Cadence.MONTHLY and part.week_of_month is not None:
        yield Fault("week_of_month", _("Only a monthly meeting has a week of the month."))
    if not is_zone(part.zone):
        yield Fault("zone", _("There is no time zone called “%(zone)s”. Choose one from the list.", zone=part.zone))
    least, most = MINUTES
    if not least <= part.minutes <= most:
        yield Fault("minutes", _("A meeting lasts from %(least)s to %(most)s minutes.", least=least, most=most))


def _date_faults(part: Schedule, today: date) -> Iterator[Fault]:
    if not EARLIEST <= part.first <= today + timedelta(days=2 * 366):
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
        yield Fault("last", _("The last date, %(last)s, is already past.", last=part.last))
    elif part.last > today + timedelta(days=10 * 366):
        yield Fault("last", _("The last date is more than ten years away. Leave it empty if there is no end."))
    elif part.weekday in range(7) and part.first_meeting() > part.last:
        yield Fault("last", _("No meeting fits between these two dates. Choose a later last date."))


@faults_of.register
def _channels(part: Channels, today: date) -> Iterator[Fault]:
    yield from _way_faults("planned", part.planned)
    yield from _way_faults("quick", part.quick)


def _way_faults(occasion: str, ways: Ways) -> Iterator[Fault]:
    if not ways.preferred:
        yield Fault(f"{occasion}_1", _("Choose at least one way to reach each other."))
        return
    for number, channel in enumerate(ways.preferred, 1):
        if channel in ways.preferred[: number - 1]:
            yield Fault(f"{occasion}_{number}", _("This one is already in the list above. Choose each only once."))
    if ways.fallback == ways.preferred[0]:
        yield Fault(
            f"{occasion}_fallback",
            _("When your first choice fails, the fallback must be something else."),
        )


@faults_of.register
def _responses(part: Responses, today: date) -> Iterator[Fault]:
    yield from _wait_faults("mentor_amount", part.mentor)
    yield from _wait_faults("mentee_amount", part.mentee)


def _wait_faults(field: str, answer: ResponseTime) -> Iterator[Fault]:
    most = LONGEST_WAIT[answer.unit]
    if answer.amount < 1:
        yield Fault(field, _("Allow at least one hour or day for an answer."))
    elif answer.amount > most:
        unit = _("working hours") if answer.unit is Unit.HOURS else _("working days")
        yield Fault(
            field,
            _("That is a long silence: agree on at most %(most)s %(unit)s.", most=most, unit=unit),
        )


@faults_of.register
def _preparation(part: Preparation, today: date) -> Iterator[Fault]:
    if not part.items:
        yield Fault("", _("Name at least one thing that is ready before a meeting, however small."))
    if len(part.items) > MOST_ITEMS:
        yield Fault("", _("Keep to %(most)s things or fewer, so that they get done.", most=MOST_ITEMS))
    for number, item in enumerate(part.items, 1):
        if not item.what.strip():
            yield Fault(f"what_{number}", _("What should be ready?"))
        yield from _too_long(f"what_{number}", item.what, LONGEST_LINE)
        if not 1 <= item.hours_before <= LONGEST_BEFORE_HOURS:
            yield Fault(
                f"hours_{number}",
                _("From 1 to %(most)s hours before the meeting.", most=LONGEST_BEFORE_HOURS),
            )


@faults_of.register
def _confidentiality(part: Confidentiality, today: date) -> Iterator[Fault]:
    yield from _too_long("off_limits", part.off_limits, LONGEST_TEXT)
    yield from _too_long("may_be_told", part.may_be_told, LONGEST_TEXT)


@faults_of.register
def _review(part: Review, today: date) -> Iterator[Fault]:
    if not EARLIEST <= part.first <= today + timedelta(days=3 * 366):
        yield Fault("first", _("The first review must be within the next three years."))
    if not SHORTEST_REVIEW_DAYS <= part.every_days <= LONGEST_REVIEW_DAYS:
        yield Fault(
            "every_days",
            _(
                "Look at the agreement again every %(least)s to %(most)s days.",
                least=SHORTEST_REVIEW_DAYS,
                most=LONGEST_REVIEW_DAYS,
            ),
        )


def faults_between(terms: Terms, today: date) -> Iterator[Fault]:
    """What two parts make impossible together, each part being right by itself. Fields are of the review."""
    begins = terms.schedule.first_meeting()
    latest = max(begins, today) + timedelta(days=LONGEST_REVIEW_DAYS)
    if terms.review.first < begins:
        yield Fault(
            "first",
            _(
                "The first review, %(review)s, comes before the first meeting on %(meeting)s. Move one of them.",
                review=terms.review.first,
                meeting=begins,
            ),
        )
    elif terms.review.first > latest:
        yield Fault("first", _("The first review must be on %(latest)s at the latest.", latest=latest))
