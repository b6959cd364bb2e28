"""A fault, and the limits that people are told about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from throughline.agreements.domain.sentences import Sentence, _
from throughline.agreements.domain.terms import Unit

MINUTES = (10, 180)
MOST_ITEMS = 10
MOST_HOLIDAYS = 12
MOST_TURNS = 12
LONGEST_HOLIDAY_DAYS = 366
LONGEST_LINE = 300
LONGEST_TEXT = 4000
LONGEST_WAIT = {Unit.HOURS: 80, Unit.DAYS: 20}
LONGEST_WAIT_DAYS = 35
LONGEST_GAP_DAYS = 4
LONGEST_BEFORE_HOURS = 14 * 24
SHORTEST_REVIEW_DAYS = 7
SILENCE_DAYS = (3, 90)
LONGEST_NOTICE_DAYS = 90
EARLIEST = date(2020, 1, 1)


@dataclass(frozen=True)
class Fault:
    """since: the format of the terms that first asks for it; a version signed before is not held to it."""

    field: str
    sentence: Sentence
    since: int = 1


def too_long(field: str, text: str, most: int) -> Iterator[Fault]:
    if len(text) > most:
        yield Fault(
            field,
            _("This has %(length)s characters; please keep it to %(most)s.", length=len(text), most=most),
        )
