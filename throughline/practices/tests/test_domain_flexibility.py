"""Flexibility: what meetings cost whom, how evenly, and the hours that two share."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from throughline.accounts.domain.availability import Availability, QuietHours, Window
from throughline.meetings.domain.outcomes import MeetingOutcome, Outcome
from throughline.practices.domain.measure import Reader, Status
from throughline.practices.domain.record import Record, Side
from throughline.practices.measures.flexibility import measure, step

MIRA, TOMAS = Side(UUID(int=1), "Mira", mentors=True), Side(UUID(int=2), "Tomás")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
QUIET = QuietHours(time(22), time(7))


def hours(zone: str, starts: int, ends: int) -> Availability:
    return Availability(zone, tuple(Window(day, time(starts), time(ends)) for day in range(5)), quiet_hours=QUIET)


def met(*starts: int) -> tuple[MeetingOutcome, ...]:
    """Weekly on Mondays at these hours in UTC, fifty minutes each."""
    found = []
    for number, hour in enumerate(starts):
        at = datetime(2026, 9, 7, hour, tzinfo=UTC) + timedelta(weeks=number)
        end = at + timedelta(minutes=50)
        found.append(MeetingOutcome(UUID(int=number), at, at, end, Outcome.HELD, True, True, 3000, at))
    return tuple(found)


def record(outcomes, one=None, other=None) -> Record:
    said = ((MIRA.person_id, one or hours("UTC", 9, 17)), (TOMAS.person_id, other or hours("UTC", 9, 17)))
    return Record(now=NOW, outcomes=outcomes, sides=(MIRA, TOMAS), said=said)


def parts(reading) -> dict[str, str]:
    return {part.id: part.words for part in reading.parts}


@pytest.mark.parametrize(
    ("starts", "words", "status"),
    [
        ((18, 18, 18, 18), "1.00", Status.SHORT),  # all outside Mira's hours and inside Tomás's
        ((18, 18, 8, 8), "0.00", Status.OK),
        ((18, 18, 18, 8), "0.50", Status.OK),
        ((18, 12, 12, 12), "Hardly any cost", Status.OK),
        ((18, 18, 18), "Too early to say", Status.TOO_EARLY),
        ((18, 18, 18, 18, 8, 8, 8, 8, 8, 8, 8, 8), "1.00", Status.SHORT),  # of the last eight alone
    ],
)
def test_unfairness_over_the_last_eight_held(starts, words, status):
    reading = measure(record(met(*starts), hours("UTC", 8, 17), hours("UTC", 9, 19)))
    assert (reading.figure.words, reading.figure.status) == (words, status)


def test_the_load_of_each_doubles_in_the_night_and_overlap_is_counted_a_week():
    reading = measure(record(met(18, 18, 23, 23), hours("UTC", 9, 17), hours("UTC", 13, 24 - 1)))
    assert parts(reading) == {
        "load-0": "5 h 00 min",
        "load-1": "3 h 20 min",
        "overlap": "20 h",
        "warnings": "None has come yet",
        "fell-back": "Not enough data",
        "restored": "Not enough data",
    }


def test_who_named_no_hours_has_nothing_to_count():
    silent = Availability("UTC")
    reading = measure(record(met(18, 18, 18, 18), silent, silent))
    assert (reading.figure.status, parts(reading)["overlap"]) == (Status.NOTHING_YET, "Nothing to count yet")


def test_the_lighter_side_alone_is_offered_two_hours_that_cost_it():
    own = record(met(18, 18, 18, 18), hours("UTC", 9, 17), hours("UTC", 9, 20))
    reading = measure(own)
    assert step(own, reading, Reader(MIRA.person_id)) is None
    offered = step(own, reading, Reader(TOMAS.person_id))
    assert offered.blocks == ()  # whatever suits Mira suits Tomás as well: there is nothing to take over
    own = record(met(18, 18, 18, 18), hours("UTC", 9, 17), hours("UTC", 12, 20))
    offered = step(own, measure(own), Reader(TOMAS.person_id))
    assert [block.hour for block in offered.blocks] == [9, 9]
