"""Each fault has one sentence at the right field; terms that people may sign have none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.draft import SIX, assemble, obstacles
from throughline.agreements.domain.faults import Fault, faults_between, faults_of
from throughline.agreements.domain.terms import (
    Cadence,
    Channels,
    Confidentiality,
    Mode,
    Objective,
    Objectives,
    PartKind,
    Preparation,
    PreparationItem,
    Responses,
    ResponseTime,
    Review,
    Schedule,
    Terms,
    Unit,
    Ways,
    Who,
    usual_ending,
    usual_reconnection,
    usual_review,
)
from throughline.agreements.tests.strategies import few, terms

TODAY = date(2026, 11, 22)
SCHEDULE = Schedule(Cadence.WEEKLY, 1, None, time(18), "Europe/Berlin", 50, date(2026, 12, 1), None)
WAYS = Ways((Channel.VIDEO, Channel.VOICE), Channel.PHONE)
GOOD = Terms(
    Objectives((Objective("a", "b"),)),
    SCHEDULE,
    Channels(WAYS, WAYS),
    Responses(ResponseTime(2, Unit.DAYS), ResponseTime(80, Unit.HOURS)),
    Preparation((PreparationItem("notes", Who.BOTH, 24),)),
    Confidentiality(Mode.PRIVATE, "", ""),
    usual_review(SCHEDULE),
    usual_reconnection(SCHEDULE.cadence),
    usual_ending(),
)


def schedule(**changes) -> Schedule:
    return replace(SCHEDULE, **changes)


def responses(amount: int, unit: Unit) -> Responses:
    return Responses(ResponseTime(2, Unit.DAYS), ResponseTime(amount, unit))


FAULTS = [
    (Objectives(()), [""]),
    (Objectives((Objective("a", "b"),) * 11), [""]),
    (Objectives((Objective("a", "b"), Objective(" ", "b"))), ["aim_2"]),
    (Objectives((Objective("a", ""),)), ["outcome_1"]),
    (Objectives((Objective("a" * 301, "b" * 301),)), ["aim_1", "outcome_1"]),
    (schedule(last=date(2026, 11, 30)), ["last"]),
    (schedule(first=date(2026, 12, 2), last=date(2026, 12, 7)), ["last"]),
    (schedule(first=date(2026, 1, 1), last=date(2026, 11, 21)), ["last"]),
    (schedule(last=date(2040, 1, 1)), ["last"]),
    (schedule(first=date(2019, 12, 31)), ["first"]),
    (schedule(first=date(2029, 1, 1)), ["first"]),
    (schedule(first=date.max, last=date.max), ["first"]),
    (schedule(weekday=7), ["weekday"]),
    (schedule(weekday=-1, last=date(2026, 12, 31)), ["weekday"]),
    (schedule(week_of_month=2), ["week_of_month"]),
    (schedule(cadence=Cadence.MONTHLY), ["week_of_month"]),
    (schedule(cadence=Cadence.MONTHLY, week_of_month=5), ["week_of_month"]),
    (schedule(zone="Mars/Olympus"), ["zone"]),
    (schedule(zone="../../etc/passwd"), ["zone"]),
    (schedule(zone=""), ["zone"]),
    (schedule(minutes=0), ["minutes"]),
    (schedule(minutes=9), ["minutes"]),
    (schedule(minutes=181), ["minutes"]),
    (Channels(Ways((), Channel.PHONE), WAYS), ["planned_1"]),
    (Channels(WAYS, Ways((Channel.VOICE,), Channel.VOICE)), ["quick_fallback"]),
    (Channels(Ways((Channel.VIDEO, Channel.VIDEO), Channel.PHONE), WAYS), ["planned_2"]),
    (responses(0, Unit.DAYS), ["mentee_amount"]),
    (responses(-1, Unit.HOURS), ["mentee_amount"]),
    (responses(81, Unit.HOURS), ["mentee_amount"]),
    (responses(21, Unit.DAYS), ["mentee_amount"]),
    (Preparation(()), [""]),
    (Preparation((PreparationItem("", Who.MENTEE, 0),)), ["what_1", "hours_1"]),
    (Preparation((PreparationItem("x", Who.MENTEE, 337),)), ["hours_1"]),
    (Confidentiality(Mode.PRIVATE, "x" * 4001, "x" * 4001), ["off_limits", "may_be_told"]),
    (Review(date(2026, 12, 31), 181), ["every_days"]),
    (Review(date(2026, 12, 31), 0), ["every_days"]),
    (Review(date(2016, 12, 31), 30), ["first"]),
]


@pytest.mark.parametrize(("part", "fields"), FAULTS)
def test_each_fault_stands_at_its_field(part, fields):
    assert [fault.field for fault in faults_of(part, TODAY)] == fields


def test_a_rhythm_longer_than_the_time_is_told_with_the_next_date_that_fits():
    (fault,) = faults_of(schedule(cadence=Cadence.FORTNIGHTLY, first=date(2026, 12, 1), last=date(2026, 12, 10)), TODAY)
    values = dict(fault.sentence.values)
    assert (fault.field, values["only"], values["next"]) == ("last", date(2026, 12, 1), date(2026, 12, 15))


@few
@given(terms)
def test_a_fault_is_found_and_never_an_error(value):
    for kind in PartKind:
        assert all(isinstance(fault, Fault) for fault in faults_of(getattr(value, kind.value), TODAY))


@pytest.mark.parametrize("kind", list(PartKind))
def test_good_terms_have_no_fault(kind):
    assert list(faults_of(getattr(GOOD, kind.value), TODAY)) == []
    assert list(faults_between(GOOD, TODAY)) == []


@pytest.mark.parametrize("first", [date(2026, 11, 30), date(2027, 5, 31)])
def test_a_review_before_the_first_meeting_or_half_a_year_later_is_a_fault(first):
    assert [fault.field for fault in faults_between(replace(GOOD, review=Review(first, 180)), TODAY)] == ["first"]


def test_a_review_long_after_the_first_meeting_fits_an_amended_agreement():
    amended = replace(GOOD, review=Review(date(2027, 12, 1), 180))
    assert list(faults_between(amended, date(2027, 9, 1))) == []


def test_what_is_missing_stands_in_the_way_part_by_part():
    assert [obstacle.part for obstacle in obstacles({}, TODAY)] == list(SIX)
    parts = {kind: getattr(GOOD, kind.value) for kind in SIX}
    assert list(obstacles(parts, TODAY)) == []
    assert assemble(parts) == GOOD
    del parts[PartKind.CHANNELS]
    assert [obstacle.part for obstacle in obstacles(parts, TODAY)] == [PartKind.CHANNELS]
    assert assemble(parts) is None
