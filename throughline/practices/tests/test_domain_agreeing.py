"""Framework and expectations: what was signed by whom how soon, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.agreements.domain.framing import Framing
from throughline.agreements.tests.conftest import TERMS
from throughline.practices.domain.measure import Act, Reader, Status
from throughline.practices.domain.record import Ask, Record
from throughline.practices.measures import expectations, framework
from throughline.practices.tests.test_domain_check_ins import MIRA, TOMAS
from throughline.practices.tests.test_domain_measures import DAY, NOW, contact

LONG_AGO = NOW - 100 * DAY
TERMS_NOW = replace(TERMS, review=replace(TERMS.review, first=(NOW + 10 * DAY).date()))

ACKNOWLEDGED = Framing(signed=((MIRA.person_id, ("mode",)), (TOMAS.person_id, None)))


def record(**more) -> Record:
    values = {"sides": (MIRA, TOMAS), "began": LONG_AGO, "terms": TERMS_NOW, "framing": ACKNOWLEDGED}
    return Record(NOW, **(values | more))


def framing(mira: int, tomas: int, *since: float) -> Framing:
    versions = tuple((number, NOW - days * DAY) for number, days in enumerate(since, 1))
    return Framing(((MIRA.person_id, mira), (TOMAS.person_id, tomas)), versions)


def parts_of(reading):
    return {part.id: part for part in reading.parts}


def test_signed_by_both_and_written_by_both():
    reading = framework.measure(record(framing=framing(6, 3, 95)))
    assert (reading.figure.value, reading.figure.words, reading.figure.status) == (1.0, "3 of 3", Status.OK)
    parts = parts_of(reading)
    assert (parts["together"].words, parts["together"].status) == ("33 %", Status.OK)
    assert (parts["days"].value, parts["days"].status) == (pytest.approx(5), Status.OK)
    assert (parts["review"].value, parts["review"].status) == (pytest.approx(95), Status.OK)
    assert [point.done for point in reading.trend.points] == [3] * 12


def test_without_an_agreement_it_is_too_early_until_day_14_or_the_second_session():
    young = {"terms": None, "began": NOW - 14 * DAY}
    assert framework.measure(record(**young)).figure.status is Status.TOO_EARLY
    assert framework.measure(record(**young, contacts=(contact(3), contact(1)))).figure.status is Status.SHORT
    late = framework.measure(record(terms=None, began=NOW - 14 * DAY - timedelta(seconds=1)))
    assert (late.figure.status, late.figure.value) == (Status.SHORT, 0.0)
    step = framework.step(record(terms=None), late, Reader(MIRA.person_id))
    assert [choice.act for choice in step.choices] == [Act.AGREEMENT]


def test_one_who_wrote_it_all_is_said():
    reading = framework.measure(record(framing=framing(9, 1, 95)))
    assert (parts_of(reading)["together"].status, reading.figure.status) == (Status.SHORT, Status.SHORT)
    assert "otherwise" in framework.step(record(), reading, Reader(TOMAS.person_id)).words
    assert parts_of(framework.measure(record(framing=framing(2, 1, 95))))["together"].status is Status.TOO_EARLY


def test_a_review_is_due_on_its_date_and_confirming_counts():
    def read(**more):
        found = replace(framing(3, 3, 40), **more)
        return framework.measure(record(framing=found))

    due = read(review_on=(NOW - 2 * DAY).date())
    assert (parts_of(due)["review"].status, due.figure.status) == (Status.SHORT, Status.SHORT)
    assert "Look at your agreement again" in framework.step(record(), due, Reader(MIRA.person_id)).words
    confirmed = read(review_on=(NOW + 178 * DAY).date(), confirmed=NOW - 2 * DAY)
    figure = parts_of(confirmed)["review"]
    assert (figure.value, figure.status, figure.target.bound) == (pytest.approx(2), Status.OK, 180)


def ask(side, other, asked: float, *, due: float | None = 0, answered: float | None = None) -> Ask:
    """Days ago. due counts from asking."""
    at = NOW - asked * DAY
    end = None if due is None else at + due * DAY
    return Ask(other.person_id, side.person_id, at, end, None if answered is None else NOW - answered * DAY)


def test_answers_in_time_in_each_direction():
    asks = (
        *(ask(TOMAS, MIRA, 10 + n, due=2, answered=9 + n) for n in range(4)),
        ask(TOMAS, MIRA, 9, due=2, answered=1),
        ask(MIRA, TOMAS, 5, due=2),
        ask(MIRA, TOMAS, 1, due=2),
    )
    reading = expectations.measure(record(asks=asks))
    parts = parts_of(reading)
    tomas, mira = parts[f"replies-{TOMAS.person_id}"], parts[f"replies-{MIRA.person_id}"]
    assert (tomas.words, tomas.status) == ("4 of 5", Status.OK)
    assert tomas.note.startswith("Half of the answers came within 24 hours")
    assert (mira.words, mira.status) == ("0 of 1, too early to say", Status.TOO_EARLY)
    assert (reading.figure.words, reading.figure.status) == ("3 of 3", Status.OK)
    assert [row.counted for row in reading.behind][:2] == [False, True]
    assert "still time" in reading.behind[0].why
    assert parts["preparation"].status is Status.NOT_MEASURED


def test_the_next_step_is_for_whoever_is_asked():
    late = record(asks=(ask(MIRA, TOMAS, 5, due=2),))
    reading = expectations.measure(late)
    assert "waits for your answer" in expectations.step(late, reading, Reader(MIRA.person_id)).words
    assert expectations.step(late, reading, Reader(TOMAS.person_id)) is None


def test_when_it_goes_on_both_are_asked_whether_the_time_is_right():
    asks = tuple(ask(MIRA, TOMAS, 20 - n, due=1, answered=20 - n - 3) for n in range(5))
    reading = expectations.measure(record(asks=asks))
    assert reading.figure.status is Status.SHORT
    assert "still right" in expectations.step(record(asks=asks), reading, Reader(TOMAS.person_id)).words


def test_confidentiality_counts_when_all_have_acknowledged_it():
    reading = expectations.measure(record())
    assert (parts_of(reading)["confidentiality"].words, reading.figure.words) == ("Yes", "3 of 3")
    for signed in ((), ACKNOWLEDGED.signed[:1], ((MIRA.person_id, ("mode",)), (TOMAS.person_id, ()))):
        reading = expectations.measure(record(framing=Framing(signed=signed)))
        figure = parts_of(reading)["confidentiality"]
        assert (figure.value, figure.status, reading.figure.words) == (0.0, Status.SHORT, "2 of 3")


def test_without_terms_nothing_is_late():
    asks = (ask(MIRA, TOMAS, 5, due=None),)
    reading = expectations.measure(record(terms=None, asks=asks))
    assert (reading.figure.value, parts_of(reading)["confidentiality"].value) == (0.0, None)
    assert [(row.counted, row.why) for row in reading.behind] == [(False, "Not counted: no time to answer was signed.")]


@given(
    st.lists(st.tuples(st.floats(0, 27), st.floats(0.1, 5), st.none() | st.floats(0, 27)), max_size=30),
    st.lists(st.floats(0, 99), max_size=4),
)
def test_shares_stay_shares(asked, versions):
    asks = tuple(
        ask(MIRA, TOMAS, at, due=due, answered=None if back is None else min(at, back)) for at, due, back in asked
    )
    found = record(asks=tuple(sorted(asks, key=lambda each: each.at)), framing=framing(3, 4, *sorted(versions)[::-1]))
    for practice in (framework, expectations):
        reading = practice.measure(found)
        for figure in (reading.figure, *reading.parts):
            if figure.value is not None and figure.target.unit.value == "share":
                assert 0 <= figure.value <= 1
