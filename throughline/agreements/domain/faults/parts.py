"""What is wrong with each part. Fields are named as the forms name them: "minutes", "outcome_2"; "" is the whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import singledispatch

from throughline.agreements.domain.faults.base import (
    EARLIEST,
    LONGEST_BEFORE_HOURS,
    LONGEST_LINE,
    LONGEST_NOTICE_DAYS,
    LONGEST_TEXT,
    MOST_ITEMS,
    SHORTEST_REVIEW_DAYS,
    SILENCE_DAYS,
    Fault,
    too_long,
)
from throughline.agreements.domain.faults.schedule import schedule_faults
from throughline.agreements.domain.faults.waiting import response_faults
from throughline.agreements.domain.sentences import _
from throughline.agreements.domain.terms import (
    LONGEST_REVIEW_DAYS,
    Channels,
    Confidentiality,
    Ending,
    Objectives,
    Preparation,
    Reconnection,
    Responses,
    Review,
    Schedule,
    Terms,
    Ways,
)


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
        yield from too_long(f"aim_{number}", item.aim, LONGEST_LINE)
        yield from too_long(f"outcome_{number}", item.outcome, LONGEST_LINE)


@faults_of.register
def _schedule(part: Schedule, today: date) -> Iterator[Fault]:
    return schedule_faults(part, today)


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
    return response_faults(part)


@faults_of.register
def _preparation(part: Preparation, today: date) -> Iterator[Fault]:
    if not part.items:
        yield Fault("", _("Name at least one thing that is ready before a meeting, however small."))
    if len(part.items) > MOST_ITEMS:
        yield Fault("", _("Keep to %(most)s things or fewer, so that they get done.", most=MOST_ITEMS))
    for number, item in enumerate(part.items, 1):
        if not item.what.strip():
            yield Fault(f"what_{number}", _("What should be ready?"))
        yield from too_long(f"what_{number}", item.what, LONGEST_LINE)
        if not 1 <= item.hours_before <= LONGEST_BEFORE_HOURS:
            yield Fault(
                f"hours_{number}",
                _("From 1 to %(most)s hours before the meeting.", most=LONGEST_BEFORE_HOURS),
            )


@faults_of.register
def _confidentiality(part: Confidentiality, today: date) -> Iterator[Fault]:
    yield from too_long("off_limits", part.off_limits, LONGEST_TEXT)
    yield from too_long("may_be_told", part.may_be_told, LONGEST_TEXT)
    yield from too_long("duties", part.duties or "", LONGEST_TEXT)
    for field, sentence in _UNSAID.items():
        if getattr(part, field) is None:
            yield Fault(field, sentence, since=2)


_UNSAID = {
    "duties": _("Say whether one of you has a duty to report something."),
    "notes": _("Say whether you keep notes about each other."),
    "recordings": _("Say whether anything may be recorded."),
    "at_end": _("Say what becomes of what you wrote when your mentoring ends."),
}


@faults_of.register
def _reconnection(part: Reconnection, today: date) -> Iterator[Fault]:
    least, most = SILENCE_DAYS
    if not least <= part.after_days <= most:
        yield Fault("after_days", _("From %(least)s to %(most)s days of silence.", least=least, most=most))
    if part.channel == part.fallback:
        yield Fault("fallback", _("If the first way brings no answer, the second must be another one."))
    yield from too_long("words", part.words, LONGEST_TEXT)


@faults_of.register
def _ending(part: Ending, today: date) -> Iterator[Fault]:
    if not 0 <= part.notice_days <= LONGEST_NOTICE_DAYS:
        yield Fault("notice_days", _("From 0 to %(most)s days.", most=LONGEST_NOTICE_DAYS))
    yield from too_long("words", part.words, LONGEST_TEXT)


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
