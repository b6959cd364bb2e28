"""Video share and protected time, from contacts and outcomes alone; with the worked checks."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.accounts.domain.availability import Availability, QuietHours, Window
from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Exemption, Kind, Medium, Part
from throughline.meetings.domain.outcomes import MeetingOutcome, Outcome
from throughline.practices.domain.blocks import free_blocks, suits
from throughline.practices.domain.measure import Act, Reader, Status, Target
from throughline.practices.domain.numbers import variation
from throughline.practices.domain.record import Record, Side, window_start
from throughline.practices.measures import protected_time, video_share
from throughline.practices.measures.protected_time import gaps_between, weight
from throughline.relationships.domain.states import Span

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def contact(days_ago: float, *, together: int = 1800, video: int = 1800, **more) -> Contact:
    values = {
        "kind": Kind.MEETING,
        "medium": Medium.VIDEO if video else Medium.VOICE,
        "both_voice": together,
        "session": True,
        "exemption": Exemption.NONE,
    }
    at = NOW - days_ago * DAY
    rest = {"initiator_id": None, "occasion": "", "automatic": False, "self_reported": False, "parts": ()}
    return Contact(
        relationship_id=UUID(int=1),
        started_at=at,
        ended_at=at,
        together=together,
        both_video=video,
        sources=(f"x:{days_ago}",),
        **(rest | values | more),
    )


def message(days_ago: float) -> Contact:
    return contact(days_ago, together=0, video=0, kind=Kind.MESSAGE, medium=Medium.TEXT, session=False)


def meeting(days_ago: float, outcome: Outcome = Outcome.HELD, **more) -> MeetingOutcome:
    start = NOW - days_ago * DAY
    held = outcome is Outcome.HELD
    values = {"due": True, "kept": held, "together": 1800 if held else 0, "started_at": start if held else None}
    return MeetingOutcome(
        UUID(int=int(days_ago * 10)), start, start, start + timedelta(minutes=50), outcome, **(values | more)
    )


def read(measure, **record):
    reading = measure(Record(NOW, **{name: tuple(value) for name, value in record.items()}))
    return reading.figure, {part.id: part for part in reading.parts}, reading


# video-share


def shown(contacts):
    figure, _parts, reading = read(video_share.measure, contacts=contacts)
    return figure.words, figure.status, reading.exempt


def test_five_of_six_below_ten():
    contacts = [contact(day) for day in range(1, 6)] + [contact(6, video=0)]
    assert shown(contacts) == ("5 of 6", Status.OK, 0)


def test_from_ten_on_it_is_a_percentage():
    contacts = [contact(day) for day in range(1, 8)] + [contact(day, video=0) for day in range(8, 11)]
    assert shown(contacts) == ("70 %", Status.SHORT, 0)


def test_under_four_it_is_too_early_to_say():
    assert shown([contact(1), contact(2, video=0)]) == ("1 of 2, too early to say", Status.TOO_EARLY, 0)


def test_nothing_is_nothing_to_count():
    assert shown([]) == ("Nothing to count yet", Status.NOTHING_YET, 0)


def test_exempt_sessions_leave_the_denominator():
    contacts = [contact(day) for day in range(1, 5)]
    contacts += [contact(5, video=0, exemption=Exemption.NEED), contact(6, video=0, exemption=Exemption.NETWORK)]
    assert shown(contacts) == ("4 of 4", Status.OK, 2)


def test_all_exempt_does_not_apply():
    contacts = [contact(day, video=0, exemption=Exemption.NEED) for day in range(1, 7)]
    assert shown(contacts) == ("Does not apply", Status.DOES_NOT_APPLY, 6)


def test_half_of_the_overlap_with_both_cameras_is_video_and_a_second_less_is_not():
    contacts = [contact(1, video=900), contact(2, video=899), contact(3), contact(4)]
    assert shown(contacts)[0] == "3 of 4"


def test_in_person_counts_as_video_and_messages_never_count():
    contacts = [contact(day, video=0, medium=Medium.IN_PERSON, kind=Kind.ELSEWHERE) for day in range(1, 5)]
    assert shown([*contacts, *(message(day / 10) for day in range(1, 20))])[0] == "4 of 4"


def test_a_short_call_is_a_contact_and_no_session():
    contacts = [contact(5, together=20, video=0, session=False)] + [contact(day) for day in (4, 3, 2, 1)]
    _, parts, reading = read(video_share.measure, contacts=contacts)
    assert [row.counted for row in reading.behind] == [True, True, True, True, False]
    assert reading.behind[-1].why == "Not counted: too short for a session."
    assert parts["literal"].words == "4 of 5"


def test_beside_it_stand_minutes_voice_and_the_literal_share():
    contacts = [contact(1), contact(2, video=600), contact(3, video=0), contact(4, video=0, both_voice=60), message(5)]
    _, parts, _ = read(video_share.measure, contacts=contacts)
    assert parts["minutes"].value == pytest.approx(2400 / 7200)
    assert parts["voice"].words == "3 of 4"
    assert parts["literal"].words == "1 of 5"


def test_what_is_older_than_four_weeks_is_left_out_of_the_number_and_stays_in_the_trend():
    contacts = [*(contact(day, video=0) for day in (60, 50, 40, 29)), *(contact(day) for day in range(4, 0, -1))]
    figure, _, reading = read(video_share.measure, contacts=contacts)
    assert figure.words == "4 of 4"
    assert [(point.done, point.of) for point in reading.trend.points][-1] == (4, 4)
    assert [(point.done, point.of) for point in reading.trend.points][-4] == (0, 2)
    assert reading.trend.sentence == ("Sessions by video, four weeks at a time: 0 of 1 up to 27 Sep 2026, 4 of 4 now.")


def test_an_answer_begins_the_count_anew_whatever_it_was():
    contacts = [contact(day, video=0) for day in (20, 15, 10, 5)] + [contact(1)]
    assert shown(contacts)[:2] == ("1 of 5", Status.SHORT)
    anew = video_share.measure(Record(NOW, contacts=tuple(contacts), answers=((UUID(int=2), NOW - 3 * DAY),)))
    assert (anew.figure.words, anew.figure.status) == ("1 of 1, too early to say", Status.TOO_EARLY)
    assert [row.counted for row in anew.behind] == [True, False, False, False, False]


def test_what_they_entered_by_themselves_is_in_no_share():
    contacts = [contact(day, video=0, self_reported=True) for day in (6, 5)] + [contact(day) for day in (4, 3, 2, 1)]
    figure, parts, _ = read(video_share.measure, contacts=contacts)
    assert figure.words == "4 of 4"
    assert parts["literal"].words == "4 of 4"
    assert parts["self-reported"].words == "2"


def test_the_private_question_is_asked_once_in_sixty_days_and_only_when_short():
    record = Record(NOW, contacts=tuple(contact(day, video=0) for day in (9, 7, 5, 3, 1)))
    reading = video_share.measure(record)
    step = video_share.step(record, reading, Reader(UUID(int=2)))
    assert step.words == "5 of your last 5 sessions were without both cameras. Which is nearest?"
    assert [choice.value for choice in step.choices] == ["choice", "connection", "tired of cameras", "habit"]
    assert video_share.step(record, reading, Reader(UUID(int=2), asked=NOW - 59 * DAY)) is None
    assert video_share.step(record, reading, Reader(UUID(int=2), asked=NOW - 60 * DAY)) == step
    well = Record(NOW, contacts=tuple(contact(day) for day in (9, 7, 5, 3, 1)))
    assert video_share.step(well, video_share.measure(well), Reader(UUID(int=2))) is None


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.sampled_from(list(Exemption))), max_size=30))
def test_shares_lie_between_none_and_all_and_exempt_ones_never_change_them(some):
    sessions = [contact(day + n / 100, video=1800 * on, exemption=why) for n, (day, on, why) in enumerate(some)]
    reading = video_share.measure(Record(NOW, contacts=tuple(sessions)))
    without = [one for one in sessions if one.exemption is Exemption.NONE]
    value = video_share.measure(Record(NOW, contacts=tuple(without))).figure.value
    assert reading.figure.value == value
    assert value is None or 0 <= value <= 1


def test_in_a_circle_two_can_claim_no_more_video_than_each_sent():
    mira, tomas, anna = Side(UUID(int=2), "Mira", True), Side(UUID(int=3), "Tomás"), Side(UUID(int=4), "Anna")
    parts = (
        Part(mira.person_id, 1800, 1800, 1800),
        Part(tomas.person_id, 1800, 1800, 0),
        Part(anna.person_id, 900, 900, 900),
    )
    circle = Record(NOW, contacts=(contact(1, parts=parts),), sides=(mira, tomas, anna))
    seen = {b.called: [(c.together, c.both_video) for c in circle.of_edge(a, b).contacts] for a, b in circle.edges}
    assert seen == {"Tomás": [(1800, 0)], "Anna": [(900, 900)]}


# protected-time


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [([7, 7, 7, 7], 0.000), ([7, 7, 14, 7, 7], 0.333), ([3, 21, 2, 20, 4], 0.860), ([7, 8, 6, 7, 35], 0.890)],
)
def test_the_worked_checks_of_regularity(gaps, expected):
    assert variation(gaps) == pytest.approx(expected, abs=0.0005)


def test_regularity_takes_four_gaps():
    assert variation([7, 7, 7]) is None


@given(st.lists(st.floats(0.5, 60), min_size=4, max_size=20), st.floats(0.1, 10))
def test_regularity_does_not_depend_on_the_unit(gaps, factor):
    assert variation([gap * factor for gap in gaps]) == pytest.approx(variation(gaps), abs=1e-9)


def test_a_gap_with_a_pause_in_it_says_nothing():
    held = [meeting(day) for day in (60, 53, 46, 14, 7)]
    pause = Span(NOW - 40 * DAY, NOW - 20 * DAY)
    assert gaps_between(held, [pause]) == [7, 7, 7]
    assert gaps_between(held, []) == [7, 7, 32, 7]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (meeting(7), 1.0),
        (meeting(7, kept=False, started_at=NOW - 5 * DAY, moved_ahead=timedelta(hours=24)), 0.75),
        (meeting(7, kept=False, started_at=NOW - 5 * DAY, moved_ahead=timedelta(hours=23)), 0.5),
        (meeting(7, kept=False, started_at=NOW - 3 * DAY, moved_ahead=timedelta(hours=48)), 0.5),
        (meeting(7, kept=False), 0.5),
        (meeting(7, Outcome.CANCELLED_EARLY), 0.25),
        (meeting(7, Outcome.CANCELLED_LATE), 0.0),
        (meeting(7, Outcome.NOBODY_CAME), 0.0),
        (meeting(7, Outcome.ONE_CAME), 0.0),
        (meeting(7, Outcome.SHORT), 0.0),
    ],
)
def test_reliability_weighs_what_became_of_each(outcome, expected):
    assert weight(outcome, 7) == expected


def test_a_pair_that_keeps_its_time():
    outcomes = [meeting(7 * week) for week in range(10, 0, -1)]
    figure, parts, _ = read(protected_time.measure, outcomes=outcomes)
    parts_ahead = protected_time.measure(Record(NOW, outcomes=tuple(outcomes), ahead=8)).parts[0]
    assert (figure.value, figure.words, figure.status) == (1.0, "100 %", Status.SHORT)  # nothing in the calendar
    assert (parts_ahead.status, parts_ahead.words) == (Status.OK, "8 in the calendar")
    assert parts["held"].value == parts["reliability"].value == 1.0
    assert parts["regularity"].words == "0.00"


def test_held_late_counts_as_held_and_not_as_kept():
    outcomes = [meeting(28), meeting(21), meeting(14, kept=False), meeting(7, Outcome.NOBODY_CAME)]
    reading = protected_time.measure(Record(NOW, outcomes=tuple(outcomes), ahead=3))
    parts = {part.id: part for part in reading.parts}
    assert (reading.figure.words, reading.figure.status) == ("2 of 4", Status.SHORT)
    assert (parts["held"].words, parts["held"].status) == ("3 of 4", Status.OK)
    assert parts["reliability"].value == pytest.approx(2.5 / 4)


def test_what_fell_into_a_pause_is_not_due():
    outcomes = [meeting(28), meeting(21, Outcome.NOBODY_CAME, due=False), meeting(14)]
    reading = protected_time.measure(Record(NOW, outcomes=tuple(outcomes), ahead=3))
    assert reading.figure.words == "2 of 2, too early to say"
    assert [row.counted for row in reading.behind] == [True, False, True]


def test_a_series_without_any_past_is_nothing_to_count():
    reading = protected_time.measure(Record(NOW, ahead=8))
    assert (reading.figure.words, reading.figure.status) == ("Nothing to count yet", Status.NOTHING_YET)


def test_a_meeting_called_off_in_time_and_talked_about_anyway_is_worth_one_moved_in_time():
    outcomes = [meeting(day) for day in (35, 28, 21)] + [meeting(14, Outcome.CANCELLED_EARLY)]
    alone = protected_time.measure(Record(NOW, outcomes=tuple(outcomes), ahead=3))
    instead = Record(NOW, outcomes=tuple(outcomes), ahead=3, contacts=(contact(12, kind=Kind.CALL),))
    too_late = Record(NOW, outcomes=tuple(outcomes), ahead=3, contacts=(contact(10, kind=Kind.CALL),))
    too_short = Record(NOW, outcomes=tuple(outcomes), ahead=3, contacts=(contact(13, kind=Kind.CALL, together=900),))
    values = [protected_time.measure(one).parts[2].value for one in (instead, too_late, too_short)]
    assert alone.parts[2].value == pytest.approx(3.25 / 4)
    assert values == [pytest.approx(3.75 / 4), pytest.approx(3.25 / 4), pytest.approx(3.25 / 4)]


def moved(days_ago: float):
    return meeting(days_ago, moved_ahead=timedelta(hours=30), kept=False)


@pytest.mark.parametrize(
    ("outcomes", "offered"),
    [
        ([meeting(28), moved(21), meeting(14), moved(7)], True),
        ([moved(35), meeting(28), moved(21), meeting(14), meeting(7)], False),
        ([meeting(28), meeting(21), meeting(14), moved(7)], False),
    ],
)
def test_after_two_moves_in_the_last_four_another_block_is_offered_to_both(outcomes, offered):
    record = Record(NOW, outcomes=tuple(outcomes), ahead=8)
    step = protected_time.step(record, protected_time.measure(record), Reader(UUID(int=2)))
    assert (step is not None and step.wants_blocks) is offered


def test_without_three_meetings_ahead_the_agreement_is_offered():
    step = protected_time.step(Record(NOW), protected_time.measure(Record(NOW)), Reader(UUID(int=2)))
    assert [choice.act for choice in step.choices] == [Act.AGREEMENT]


def test_blocks_suit_both_and_lie_on_days_apart():
    berlin = Availability("Europe/Berlin", windows=(Window(1, time(17), time(19)), Window(3, time(9), time(19))))
    los_angeles = Availability("America/Los_Angeles", quiet_hours=QuietHours(time(22), time(7)))
    found = free_blocks([berlin, los_angeles], 50, NOW)
    assert [start.isoformat() for start in found] == [
        "2026-11-24T16:00:00+00:00",
        "2026-11-26T15:00:00+00:00",  # 16:00 in Berlin, and seven in the morning in Los Angeles
        "2026-12-01T16:00:00+00:00",
    ]
    assert all(suits(person, start, timedelta(minutes=50)) for person in (berlin, los_angeles) for start in found)


def test_the_window_is_twelve_weeks_or_the_last_eight_due():
    weekly = [meeting(7 * week) for week in range(20, 0, -1)]
    assert window_start(weekly, NOW) == NOW - timedelta(weeks=12)
    monthly = [meeting(30 * month) for month in range(12, 0, -1)]
    assert window_start(monthly, NOW) == NOW - 240 * DAY


@given(st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=40))
def test_kept_is_never_more_than_held_and_reliability_lies_between(outcomes):
    record = Record(NOW, outcomes=tuple(meeting(n + 1, outcome) for n, outcome in enumerate(outcomes)), ahead=3)
    reading = protected_time.measure(record)
    held, reliability = reading.parts[1].value, reading.parts[2].value
    assert reading.figure.value <= held
    assert reading.figure.value <= reliability <= 1


def test_a_target_may_be_an_upper_bound():
    assert Target(0.35, "default", at_most=True).met_by(0.35)
    assert not Target(0.8, "guide").met_by(0.79)
