"""Check-ins: contact both ways, week by week, between meetings, and who began it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.ledger.domain.bursts import Turn
from throughline.ledger.domain.facts import Kind, Medium
from throughline.practices.domain.measure import Act, Reader, Status
from throughline.practices.domain.numbers import balance
from throughline.practices.domain.reciprocity import answers_of, longest_silence, reciprocal_of, whose_turn
from throughline.practices.domain.record import Record, Side
from throughline.practices.domain.weeks import held_in, weeks_before
from throughline.practices.measures import check_ins
from throughline.practices.tests.test_domain_measures import DAY, NOW, contact, meeting
from throughline.relationships.domain.states import Span

MIRA, TOMAS = Side(UUID(int=2), "Mira", mentors=True), Side(UUID(int=3), "Tomás")
LONG_AGO = NOW - 200 * DAY


def turn(side: Side, days_ago: float, until: float | None = None) -> Turn:
    return Turn(side.person_id, NOW - days_ago * DAY, NOW - (days_ago if until is None else until) * DAY, 1)


def wrote(side: Side, days_ago: float):
    return contact(
        days_ago, together=0, video=0, kind=Kind.MESSAGE, medium=Medium.TEXT, session=False,
        initiator_id=side.person_id,
    )  # fmt: skip


def quick_call(days_ago: float, side: Side = MIRA, **more):
    return contact(days_ago, kind=Kind.CALL, initiator_id=side.person_id, **more)


def record(**more) -> Record:
    values = {"sides": (MIRA, TOMAS), "began": LONG_AGO}
    return Record(NOW, **(values | {k: tuple(v) if isinstance(v, list) else v for k, v in more.items()}))


def read(**more):
    reading = check_ins.measure(record(**more))
    return reading.figure, {part.id: part for part in reading.parts}, reading


def exchange(days_ago: float, first: Side = MIRA, then: Side = TOMAS) -> list[Turn]:
    return [turn(first, days_ago), turn(then, days_ago - 1)]


# What reciprocal contact is


def test_an_answer_within_seven_days_counts_at_the_answer():
    found = answers_of([turn(MIRA, 10), turn(TOMAS, 3)])
    assert [(one.at, one.asker_id) for one in found] == [(NOW - 3 * DAY, MIRA.person_id)]


def test_an_answer_after_seven_days_is_none_but_may_be_answered_itself():
    late = Turn(TOMAS.person_id, NOW - 3 * DAY + timedelta(seconds=1), NOW - 3 * DAY + timedelta(seconds=1), 1)
    found = answers_of([turn(MIRA, 10), late, turn(MIRA, 1)])
    assert [(one.at, one.asker_id) for one in found] == [(NOW - DAY, TOMAS.person_id)]


def test_seven_days_run_from_the_last_of_several_messages():
    assert len(answers_of([turn(MIRA, 12, until=8), turn(TOMAS, 2)])) == 1


def test_a_session_counts_in_both_directions_and_a_short_call_in_none():
    (found,) = reciprocal_of([quick_call(3), quick_call(2, session=False, together=20)], [])
    assert found.of(MIRA.person_id)
    assert found.of(TOMAS.person_id)
    assert not found.meeting


def test_what_was_automatic_or_entered_by_themselves_is_no_reciprocal_contact():
    assert reciprocal_of([quick_call(3, automatic=True), quick_call(2, self_reported=True)], []) == []


days = st.floats(0, 80).map(lambda at: round(at, 3))


@given(st.lists(st.tuples(days, st.sampled_from([MIRA, TOMAS])), max_size=40))
def test_every_answer_follows_a_message_of_the_other_within_seven_days(sent):
    turns = [turn(side, ago) for ago, side in sorted(sent, key=lambda one: -one[0])]
    for answer in answers_of(turns):
        asked = [one.last for one in turns if one.by_id == answer.asker_id and one.last <= answer.at]
        assert answer.at - max(asked) <= timedelta(days=7)
        assert any(one.first == answer.at and one.by_id != answer.asker_id for one in turns)


# Weeks


def test_weeks_are_whole_iso_weeks_on_the_clocks_of_the_zone():
    found = weeks_before(datetime(2026, 11, 2, 3, tzinfo=UTC), "America/Los_Angeles", 2)
    # In Los Angeles it is still Sunday 1 November, the day its clocks go back.
    assert [week.monday for week in found] == [date(2026, 10, 12), date(2026, 10, 19)]
    assert found[-1].end == datetime(2026, 10, 26, 7, tzinfo=UTC)


@given(st.lists(days, max_size=30))
def test_a_week_is_held_when_an_instant_lies_in_it(agos):
    weeks, instants = weeks_before(NOW, "Europe/Berlin", 8), [NOW - ago * DAY for ago in agos]
    assert held_in(instants, weeks) == {w for w in weeks if any(w.start <= at < w.end for at in instants)}


def test_each_direction_is_counted_apart_and_the_lower_one_is_the_pairs():
    # NOW is a Sunday: the last whole week ended six and a half days ago.
    turns = [one for week in range(12, 0, -1) for one in exchange(7 * week + 3)]
    figure, parts, _ = read(turns=turns)
    assert parts[f"weeks-{MIRA.person_id}"].value == 1.0
    assert parts[f"weeks-{TOMAS.person_id}"].value == pytest.approx(11 / 12)  # the first has nothing before it
    assert figure.value == pytest.approx(11 / 12)


def test_one_who_never_answers_makes_no_week():
    figure, parts, _ = read(turns=[turn(MIRA, 7 * week) for week in range(12, 0, -1)])
    assert (figure.words, figure.status) == ("0 %", Status.SHORT)
    assert parts["silence"].status is Status.SHORT


def test_a_week_with_a_pause_in_it_says_nothing_and_weeks_before_the_beginning_neither():
    pause = Span(NOW - 30 * DAY, NOW - 28 * DAY)
    assert read(turns=exchange(10), pauses=[pause])[1][f"weeks-{MIRA.person_id}"].words == "9 %"  # of eleven
    assert read(turns=exchange(10), began=NOW - 30 * DAY)[0].words == "0 of 3, too early to say"


# Gaps, silence, balance


def test_gaps_of_five_days_and_more_with_a_check_in():
    outcomes = [meeting(day) for day in (40, 33, 26, 22, 15, 8)]
    contacts = [contact(day) for day in (40, 33, 26, 22, 15, 8)] + [quick_call(36)]
    _, parts, _ = read(outcomes=outcomes, contacts=contacts, turns=exchange(12))
    assert parts["gaps"].words == "2 of 4"  # 26 to 22 is four days: not looked at


def test_the_longest_silence_takes_pauses_off_and_reaches_back_before_the_window():
    at = [NOW - ago * DAY for ago in (40, 20, 15)]
    assert longest_silence(at, NOW - 28 * DAY, NOW, []) == 20 * DAY
    assert longest_silence(at, NOW - 28 * DAY, NOW, [Span(NOW - 35 * DAY, NOW - 25 * DAY)]) == 15 * DAY


@given(st.lists(days, max_size=20), days, days)
def test_silence_is_never_longer_with_one_more_contact_or_a_pause(agos, more, paused):
    instants = sorted(NOW - ago * DAY for ago in [*agos, 80.0])
    one_more = sorted([*instants, NOW - more * DAY])
    silence = longest_silence(instants, NOW - 28 * DAY, NOW, [])
    assert longest_silence(one_more, NOW - 28 * DAY, NOW, []) <= silence
    assert longest_silence(instants, NOW - 28 * DAY, NOW, [Span(NOW - paused * DAY, NOW)]) <= silence


@pytest.mark.parametrize(("cadence", "bound"), [(7, 10.5), (14, 21.0), (30, 21.0)])
def test_silence_is_held_against_one_and_a_half_of_the_cadence_but_fourteen_days_at_most(cadence, bound):
    assert check_ins.silence_target(cadence).bound == bound


def test_ten_and_a_half_days_of_silence_are_still_well_for_a_weekly_pair():
    calls = [quick_call(day) for day in (42, 35, 28, 21, 10.5)]
    assert read(contacts=calls)[1]["silence"].status is Status.OK
    assert read(contacts=[*calls[:-1], quick_call(10.4)])[1]["silence"].status is Status.SHORT


def test_balance_is_the_fewer_by_the_more_and_no_meeting_counts():
    contacts = [wrote(MIRA, day) for day in (3, 6, 9, 12)] + [quick_call(5, TOMAS), contact(2), wrote(MIRA, 29)]
    figure = read(contacts=contacts)[1]["balance"]
    assert (figure.value, figure.words, figure.status) == (0.25, "0.25", Status.SHORT)
    assert figure.note.endswith("Mira: 4 · Tomás: 1")


def test_under_five_contacts_balance_is_too_early_to_say():
    assert read(contacts=[wrote(MIRA, day) for day in (3, 6, 9, 12)])[1]["balance"].status is Status.TOO_EARLY


@given(st.integers(0, 50), st.integers(0, 50))
def test_balance_is_the_same_from_both_sides(one, other):
    assert balance(one, other) == balance(other, one)
    assert balance(one, other) is None or 0 <= balance(one, other) <= 1


def test_what_they_entered_by_themselves_stands_apart():
    figure, parts, reading = read(contacts=[quick_call(day, self_reported=True) for day in (3, 10, 17, 24, 31)])
    assert figure.words == "0 %"
    assert parts["self-reported"].words == "5"
    assert {row.counted for row in reading.behind} == {False}


# Whose turn, and what is offered


def test_it_is_the_turn_of_whoever_was_written_to():
    assert whose_turn(MIRA, TOMAS, [turn(TOMAS, 5), turn(MIRA, 3)], []) == TOMAS.person_id
    assert whose_turn(MIRA, TOMAS, [turn(MIRA, 5), turn(TOMAS, 3)], []) == MIRA.person_id


def test_once_they_have_talked_it_is_the_turn_of_whoever_began_less_and_else_of_the_mentor():
    assert whose_turn(MIRA, TOMAS, [turn(MIRA, 9)], [quick_call(3, MIRA)]) == TOMAS.person_id
    assert whose_turn(MIRA, TOMAS, [turn(MIRA, 9)], [contact(3)]) == MIRA.person_id
    assert whose_turn(MIRA, TOMAS, [], []) == MIRA.person_id


def test_the_step_is_offered_to_one_alone_and_names_an_open_thing_by_its_kind():
    quiet = record(turns=[turn(MIRA, 20)])
    reading = check_ins.measure(quiet)
    assert check_ins.step(quiet, reading, Reader(MIRA.person_id)) is None
    step = check_ins.step(quiet, reading, Reader(TOMAS.person_id, open_kind="commitment"))
    assert step.words == "A short check-in with Mira"
    assert "commitment" in step.why
    assert [choice.act for choice in step.choices] == [Act.SAY, Act.WRITE, Act.CALL]


def test_nothing_is_offered_where_all_is_well():
    well = record(contacts=[quick_call(day, MIRA if day % 2 else TOMAS) for day in range(1, 90, 3)])
    reading = check_ins.measure(well)
    assert reading.figure.status is Status.OK
    assert [check_ins.step(well, reading, Reader(side.person_id)) for side in (MIRA, TOMAS)] == [None, None]


def test_in_a_circle_each_edge_has_its_own_contacts():
    anna = Side(UUID(int=4), "Anna")
    circle = record(sides=(MIRA, TOMAS, anna), turns=exchange(10), contacts=[wrote(anna, 3)])
    of_anna = circle.of_edge(MIRA, anna)
    assert circle.edges == [(MIRA, TOMAS), (MIRA, anna)]
    assert [one.by_id for one in of_anna.turns] == [MIRA.person_id]
