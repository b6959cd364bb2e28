"""What each term will do, said in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.sentences import Sentence, Value, _, ngettext
from throughline.agreements.domain.terms import (
    Cadence,
    Channels,
    Confidentiality,
    Mode,
    Objectives,
    PartKind,
    Preparation,
    Responses,
    ResponseTime,
    Review,
    Schedule,
    Unit,
    Ways,
    Who,
)

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")
)  # fmt: skip
WEEKS = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}
CHANNELS = {
    Channel.VIDEO: _("video"),
    Channel.VOICE: _("voice"),
    Channel.MESSAGE: _("messages here"),
    Channel.EMAIL: _("e-mail"),
    Channel.PHONE: _("phone"),
    Channel.IN_PERSON: _("meeting in person"),
}
CADENCES = {
    Cadence.WEEKLY: _("every week"),
    Cadence.FORTNIGHTLY: _("every second week"),
    Cadence.MONTHLY: _("once a month"),
}
UNITS = {Unit.HOURS: _("working hours"), Unit.DAYS: _("working days")}
WHO = {Who.MENTOR: _("The mentor"), Who.MENTEE: _("The mentee"), Who.BOTH: _("Everybody")}


TITLES = {
    PartKind.OBJECTIVES: _("What we want to reach"),
    PartKind.SCHEDULE: _("When we meet"),
    PartKind.CHANNELS: _("How we reach each other"),
    PartKind.RESPONSES: _("How soon we answer"),
    PartKind.PREPARATION: _("How we prepare"),
    PartKind.CONFIDENTIALITY: _("What stays between us"),
    PartKind.REVIEW: _("When we look at this again"),
}
PROMPTS = {
    PartKind.OBJECTIVES: _("What should be different in half a year, and how will you both see it?"),
    PartKind.SCHEDULE: _("One fixed time that both of you protect. The meetings then plan themselves."),
    PartKind.CHANNELS: _("Video or voice, and what you do on the day it fails."),
    PartKind.RESPONSES: _("So that nobody wonders whether a message was lost."),
    PartKind.PREPARATION: _("A little before each meeting, by one of you or both."),
    PartKind.CONFIDENTIALITY: _("Who can read what, what is off limits, and what may be told."),
    PartKind.REVIEW: _("Thirty days after the first meeting, unless you say otherwise."),
}
WORDS_TITLE = _("In our own words")


@singledispatch
def describe(part: object) -> Iterator[Sentence]:
    """The sentences of one part of the terms."""
    raise TypeError(f"{type(part).__name__} is no part of an agreement")


@describe.register
def _objectives(part: Objectives) -> Iterator[Sentence]:
    for item in part.items:
        yield _(
            "We work towards “%(aim)s”. We will know that it came true by this: “%(outcome)s”.",
            aim=item.aim,
            outcome=item.outcome,
        )


@describe.register
def _schedule(part: Schedule) -> Iterator[Sentence]:
    values: dict[str, Value] = {
        "rhythm": rhythm(part),
        "time": part.time,
        "zone": part.zone.rsplit("/", 1)[-1].replace("_", " "),
        "minutes": part.minutes,
        "first": part.first_meeting(),
    }
    if part.last is None:
        yield _("We meet %(rhythm)s at %(time)s %(zone)s time, %(minutes)s minutes, from %(first)s.", **values)
    else:
        yield _(
            "We meet %(rhythm)s at %(time)s %(zone)s time, %(minutes)s minutes, "
            "from %(first)s until %(last)s at the latest.",
            **values,
            last=part.last,
        )


def rhythm(part: Schedule) -> Sentence:
    """ "every Tuesday", "on the last Friday of each month"."""
    weekday = WEEKDAYS[part.weekday]
    if part.cadence is Cadence.WEEKLY:
        return _("every %(weekday)s", weekday=weekday)
    if part.cadence is Cadence.FORTNIGHTLY:
        return _("every second %(weekday)s", weekday=weekday)
    week = WEEKS[part.week_of_month or 1]
    return _("on the %(week)s %(weekday)s of each month", week=week, weekday=weekday)


@describe.register
def _channels(part: Channels) -> Iterator[Sentence]:
    yield _("Our planned meetings: %(ways)s", ways=_ways(part.planned))
    yield _("Quick contact in between: %(ways)s", ways=_ways(part.quick))


def _ways(ways: Ways) -> Sentence:
    preferred = tuple(CHANNELS[channel] for channel in ways.preferred)
    return _("%(preferred)s; if that fails, %(fallback)s.", preferred=preferred, fallback=CHANNELS[ways.fallback])


@describe.register
def _responses(part: Responses) -> Iterator[Sentence]:
    yield _("The mentor answers the mentee within %(wait)s.", wait=_wait(part.mentor))
    yield _("The mentee answers the mentor within %(wait)s.", wait=_wait(part.mentee))


def _wait(answer: ResponseTime) -> Sentence:
    if answer.unit is Unit.HOURS:
        return ngettext("%(number)s working hour", "%(number)s working hours", answer.amount)
    return ngettext("%(number)s working day", "%(number)s working days", answer.amount)


@describe.register
def _preparation(part: Preparation) -> Iterator[Sentence]:
    for item in part.items:
        yield _(
            "%(who)s: “%(what)s”, ready at least %(before)s before we meet.",
            who=WHO[item.by],
            what=item.what,
            before=_before(item.hours_before),
        )


def _before(hours: int) -> Sentence:
    if hours % 24:
        return ngettext("%(number)s hour", "%(number)s hours", hours)
    return ngettext("%(number)s day", "%(number)s days", hours // 24)


@describe.register
def _confidentiality(part: Confidentiality) -> Iterator[Sentence]:
    yield MODES[part.mode]
    if part.off_limits:
        yield _("Off limits for us: “%(words)s”", words=part.off_limits)
    else:
        yield _("We have named no topic that is off limits.")
    if part.may_be_told:
        yield _("What may be told, and to whom: “%(words)s”", words=part.may_be_told)
    else:
        yield _("Nothing is passed on to anybody else.")


MODES = {
    Mode.PRIVATE: _("Private: what we write and say here stays between us."),
    Mode.SHARED_ON_CONCERN: _(
        "Shared on concern: it stays between us, unless one of us reports a concern; "
        "then exactly the items that they choose are shown to the people who handle it."
    ),
    Mode.SUPERVISED: _("Supervised: a safeguarding lead who is named to us may read what we write here."),
}


MODE_NAMES = {
    Mode.PRIVATE: _("Private"),
    Mode.SHARED_ON_CONCERN: _("Shared on concern"),
    Mode.SUPERVISED: _("Supervised"),
}


def who_can_see(mode: Mode) -> tuple[tuple[Sentence, Sentence], ...]:
    """Rows of (who, what they can see) for one mode."""
    lead = {
        Mode.PRIVATE: _("nothing"),
        Mode.SHARED_ON_CONCERN: _("only the items that one of you chooses to show when reporting a concern"),
        Mode.SUPERVISED: _("what you write; each look is listed for you with name and time"),
    }[mode]
    return (
        (_("The two of you"), _("everything")),
        (_("Somebody who handles concerns or safeguarding"), lead),
        (
            _("A coordinator of your programme, if you join one"),
            _("numbers such as how often you met, never what you said or wrote"),
        ),
        (_("Those who run this installation"), _("that you have an account and when you meet; your words are sealed")),
    )


@describe.register
def _review(part: Review) -> Iterator[Sentence]:
    yield _(
        "We look at this agreement again on %(first)s, and after that at least every %(days)s days.",
        first=part.first,
        days=part.every_days,
    )
