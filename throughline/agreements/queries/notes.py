"""What a part will do, said while it is being written: its sentences, and what they mean on each one's clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import singledispatch
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from throughline.accounts.domain.availability import Availability
from throughline.agreements.domain.descriptions import WEEKDAYS, describe
from throughline.agreements.domain.reply_clock import answer_by
from throughline.agreements.domain.terms import Part, Responses, Schedule
from throughline.agreements.domain.windows import Reading, elsewhere, outside, skipped
from throughline.agreements.queries.wording import say

FRIDAY = 4


@dataclass(frozen=True)
class Saying:
    """sentences: what the part will do. notes: what follows from it; both plain text, not escaped."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...]


def saying_of(part: Part, zones: Sequence[str], people: Sequence[tuple[str, Availability]], today: date) -> Saying:
    """zones: whose clocks are told. people: what each is called, and what they said of their time."""
    return Saying(tuple(say(one) for one in describe(part)), tuple(_notes(part, zones, people, today)))


@singledispatch
def _notes(
    part: object, zones: Sequence[str], people: Sequence[tuple[str, Availability]], today: date
) -> Iterator[str]:
    return iter(())


@_notes.register
def _of_schedule(
    part: Schedule, zones: Sequence[str], people: Sequence[tuple[str, Availability]], today: date
) -> Iterator[str]:
    for zone in dict.fromkeys(zones):
        if zone != part.zone and not part.rotation:
            yield _there(zone, elsewhere(part, zone))
    for day, begins in skipped(part):
        yield _("On %(day)s the clocks skip this time, so that meeting begins at %(time)s.") % {
            "day": _day(day),
            "time": _clock(begins),
        }
    for (called, _said), lies_outside in zip(people, outside(part, [said for _called, said in people]), strict=True):
        if lies_outside:
            yield _("This lies outside the times that %(name)s has named as good for meeting.") % {"name": called}


def _there(zone: str, readings: Sequence[Reading]) -> str:
    place = zone.rsplit("/", 1)[-1].replace("_", " ")
    if not readings:
        return ""
    first, later = readings[0], readings[1:4]
    if not later:
        return _("In %(place)s it is %(time)s.") % {"place": place, "time": _clock(first.at)}
    changes = [_("%(time)s from %(day)s") % {"time": _clock(one.at), "day": _day(one.since)} for one in later]
    return _("In %(place)s it is %(time)s at first, and as clocks change %(changes)s.") % {
        "place": place,
        "time": _clock(first.at),
        "changes": ", ".join(changes),
    }


@_notes.register
def _of_responses(
    part: Responses, zones: Sequence[str], people: Sequence[tuple[str, Availability]], today: date
) -> Iterator[str]:
    """The worst that a week has: what comes on Friday evening."""
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    asked = datetime.combine(friday, time(18), ZoneInfo("UTC"))
    anywhere = Availability("UTC")
    for words, answer, hours in (
        (_("the mentor answers by %(when)s"), part.mentor, part.mentor_hours),
        (_("the mentee answers by %(when)s"), part.mentee, part.mentee_hours),
    ):
        due = answer_by(asked, answer, hours, anywhere)
        if due:
            when = f"{say(WEEKDAYS[due.weekday()])} {_clock(due.time())}"
            if (due.date() - friday).days > 6:
                when = _("%(when)s, %(days)s days later") % {"when": when, "days": (due.date() - friday).days}
            yield _("What is written on Friday at 18:00, %(answer)s.") % {"answer": words % {"when": when}}


def _day(day: date) -> str:
    return formats.date_format(day, "j M Y")


def _clock(at: time) -> str:
    return formats.time_format(at, "H:i")
