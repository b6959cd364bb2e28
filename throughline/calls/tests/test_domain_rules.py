"""Reports that cannot be believed, when a call is over, and being sure of it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.accounts.domain.needs import Need
from throughline.calls.domain.cameras import Camera, camera_for
from throughline.calls.domain.closing import Attendance, is_over, last_moment
from throughline.calls.domain.doubts import Doubt, certain, weigh
from throughline.calls.domain.reports import MOST_COUNTED, BadReportError, Heard, credited, read_report

NOW = datetime(2026, 11, 3, 17, tzinfo=UTC)
MIRA, TOMAS = UUID(int=1), UUID(int=2)
CALL = UUID(int=3)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def report(**changes):
    whole = {
        "sent": {"voice": 250, "video": 120},
        "received": [{"from": str(TOMAS), "voice": 250, "video": 0}],
    }
    return whole | changes


def read(message):
    return read_report(message, of=MIRA, members={MIRA, TOMAS})


def test_more_than_none_counts():
    assert read(report()) == Heard(True, True, frozenset([TOMAS]), frozenset())
    assert read(report(sent={"voice": 0, "video": 0}, received=[])) == Heard()


def test_nobody_receives_themselves():
    assert read(report(received=[{"from": str(MIRA), "voice": 9, "video": 9}])) == Heard(True, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"sent": None},
        {"sent": []},
        {"sent": {"voice": -1, "video": 0}},
        {"sent": {"voice": 1}},
        {"sent": {"voice": "many", "video": 0}},
        {"sent": {"voice": 1.5, "video": 0}},
        {"sent": {"voice": True, "video": 0}},
        {"sent": {"voice": float("nan"), "video": 0}},
        {"sent": {"voice": MOST_COUNTED + 1, "video": 0}},
        {"sent": {"voice": 10**400, "video": 0}},
        {"received": None},
        {"received": {"from": str(TOMAS)}},
        {"received": [None]},
        {"received": [{"from": None, "voice": 1, "video": 1}]},
        {"received": [{"from": "Tomás", "voice": 1, "video": 1}]},
        {"received": [{"from": str(UUID(int=9)), "voice": 1, "video": 1}]},
        {"received": [{"from": str(TOMAS), "voice": 1, "video": -3}]},
        {"received": [{"from": str(TOMAS), "voice": 1, "video": 1}] * 17},
    ],
)
def test_what_cannot_be_believed_is_refused(changes):
    with pytest.raises(BadReportError):
        read(report(**changes))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("a0-é<", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["voice", "video", "from"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["sent", "received", "seat"]), json_values))
def test_nothing_else_is_ever_raised(message):
    with contextlib.suppress(BadReportError):
        assert isinstance(read(message), Heard)


def test_the_time_between_two_reports_counts_up_to_15_seconds():
    assert [credited(gap) for gap in (-0.1, 0, 5, 15, 15.1, float("inf"))] == [False, True, True, True, False, False]


@pytest.mark.parametrize(
    ("attendances", "over"),
    [
        ([], False),
        ([Attendance(NOW)], False),
        ([Attendance(ago(59))], False),
        ([Attendance(ago(61))], True),
        ([Attendance(ago(3), left_at=ago(1), by_choice=True)], True),
        ([Attendance(ago(3), left_at=ago(1))], False),
        ([Attendance(ago(25), left_at=ago(21))], True),
        ([Attendance(ago(3), left_at=ago(1), by_choice=True), Attendance(ago(2))], False),
        ([Attendance(ago(3), left_at=ago(1), by_choice=True), Attendance(ago(9), left_at=ago(8))], False),
        ([Attendance(ago(3), left_at=ago(1), by_choice=True), Attendance(ago(99))], True),
    ],
)
def test_when_a_call_is_over(attendances, over):
    assert is_over(NOW, ago(300), attendances) is over


def test_a_call_that_nobody_enters_is_over_after_ten_minutes():
    assert [is_over(NOW, ago(seconds), []) for seconds in (599, 601)] == [False, True]


def test_it_ended_when_somebody_was_last_seen():
    assert last_moment(ago(300), [Attendance(ago(9)), Attendance(ago(200))]) == ago(9)
    assert last_moment(ago(300), []) == ago(300)


def test_silence_is_believed_when_it_was_found_twice():
    first = weigh({CALL: ago(90)}, {}, 100.0)
    assert first == {CALL: Doubt(ago(90), 100.0)}
    assert not certain(first[CALL], 100.0)
    again = weigh({CALL: ago(90)}, first, 115.0)
    assert again == first
    assert certain(again[CALL], 115.0)


def test_a_sign_of_life_ends_the_doubt():
    """The clock leapt by an hour between two reports; then the browser reported again."""
    leapt = weigh({CALL: ago(3600)}, {}, 100.0)
    assert weigh({CALL: ago(2)}, leapt, 115.0) == {CALL: Doubt(ago(2), 115.0)}
    assert weigh({}, leapt, 115.0) == {}


def test_needs_choose_the_camera():
    assert camera_for([]) is Camera.FULL
    assert camera_for([Need.LOW_BANDWIDTH]) is Camera.SMALL
    assert camera_for([Need.LOW_BANDWIDTH, Need.NO_CAMERA]) is Camera.NEVER
