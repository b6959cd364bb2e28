"""What each term will do, said in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from throughline.agreements.domain.descriptions.confidence import clauses, ending
from throughline.agreements.domain.descriptions.names import BY_CHANNEL, CHANNELS, WEEKDAYS, WEEKS, WHO
from throughline.agreements.domain.sentences import Sentence, Value, _, listed, ngettext
from throughline.agreements.domain.terms import (
    Cadence,
    Channels,
    Confidentiality,
    Ending,
    Holiday,
    Objectives,
    Preparation,
    Reconnection,
    Responses,
    ResponseTime,
    Review,
    Schedule,
    Unit,
    Ways,
    Who,
    WorkingHours,
)


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
    if part.rotation:
        times = listed([_("%(time)s", time=at) for at in part.rotation])
        yield _("We take turns with the hour. One meeting after another begins at %(times)s; then again.", times=times)
    if part.holidays:
        yield _("No meetings from %(holidays)s.", holidays=listed([_holiday(holiday) for holiday in part.holidays]))


def _holiday(holiday: Holiday) -> Sentence:
    if holiday.first == holiday.last:
        return _("%(first)s", first=holiday.first)
    return _("%(first)s to %(last)s", first=holiday.first, last=holiday.last)


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
    if part.mentor_hours == part.mentee_hours:
        yield _("%(hours)s, each on the clock of whoever answers.", hours=working_hours(part.mentor_hours))
        return
    yield _("%(hours)s, on the mentor's clock.", hours=working_hours(part.mentor_hours))
    yield _("%(hours)s, on the mentee's clock.", hours=working_hours(part.mentee_hours))


def working_hours(hours: WorkingHours | None) -> Sentence:
    """When the waiting counts: "Working hours are Monday to Friday from 09:00 to 17:00"."""
    if hours is None:
        return _("Working days are those that each of us has named in our profile")
    return _(
        "Working hours are %(days)s from %(starts)s to %(ends)s",
        days=_days(hours.days),
        starts=hours.starts,
        ends=hours.ends,
    )


def _days(days: tuple[int, ...]) -> Value:
    """Three days or more in a row are one run; listed otherwise."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return listed([name for run in runs for name in _run(run)])


def _run(run: list[int]) -> list[Value]:
    if len(run) > 2:
        return [_("%(first)s to %(last)s", first=WEEKDAYS[run[0]], last=WEEKDAYS[run[-1]])]
    return [WEEKDAYS[day] for day in run]


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
    return (sentence for _clause, sentence in clauses(part))


@describe.register
def _reconnection(part: Reconnection) -> Iterator[Sentence]:
    values: dict[str, Value] = {
        "days": ngettext("%(number)s day", "%(number)s days", part.after_days),
        "channel": BY_CHANNEL[part.channel],
        "fallback": BY_CHANNEL[part.fallback],
    }
    if part.by is Who.MENTOR:
        yield _("After %(days)s of silence the mentor reaches out %(channel)s, and then %(fallback)s.", **values)
    elif part.by is Who.MENTEE:
        yield _("After %(days)s of silence the mentee reaches out %(channel)s, and then %(fallback)s.", **values)
    else:
        yield _(
            "After %(days)s of silence whoever thinks of it first reaches out %(channel)s, and then %(fallback)s.",
            **values,
        )
    if part.words:
        yield _("And: “%(words)s”", words=part.words)


@describe.register
def _ending(part: Ending) -> Iterator[Sentence]:
    return ending(part)


@describe.register
def _review(part: Review) -> Iterator[Sentence]:
    yield _(
        "We look at this agreement again on %(first)s, and after that at least every %(days)s days.",
        first=part.first,
        days=part.every_days,
    )
