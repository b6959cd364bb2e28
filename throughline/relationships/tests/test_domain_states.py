"""The rules of a relationship's state, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from throughline.relationships.domain.invitations import LASTS, Answer, Standing, masked, standing
from throughline.relationships.domain.states import Span, State, shortened, span_of_days, state_at

START = datetime(2026, 11, 1, tzinfo=UTC)
hours = st.integers(min_value=0, max_value=2000).map(lambda n: START + timedelta(hours=n))


def test_a_pause_lasts_from_the_first_midnight_to_the_last_in_its_zone() -> None:
    span = span_of_days(date(2026, 10, 24), date(2026, 10, 25), "Europe/Berlin")
    assert span == Span(datetime(2026, 10, 23, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
    assert span.end - span.start == timedelta(hours=49)  # the night in which the clocks go back


def test_one_member_waits_and_two_are_active() -> None:
    later = START + timedelta(days=1)
    assert state_at(START, joined=[START, later], ended_at=None, pauses=[]) is State.INVITED
    assert state_at(later, joined=[START, later], ended_at=None, pauses=[]) is State.ACTIVE


def test_an_end_outweighs_a_pause() -> None:
    pauses = [Span(START, START + timedelta(days=9))]
    assert state_at(START, joined=[START, START], ended_at=None, pauses=pauses) is State.PAUSED
    assert state_at(START, joined=[START, START], ended_at=START, pauses=pauses) is State.ENDED


@given(start=hours, length=st.integers(min_value=1, max_value=500), at=hours)
def test_a_pause_covers_its_start_and_not_its_end(start: datetime, length: int, at: datetime) -> None:
    span = Span(start, start + timedelta(hours=length))
    state = state_at(at, joined=[START, START], ended_at=None, pauses=[span])
    assert state is (State.PAUSED if span.start <= at < span.end else State.ACTIVE)
    assert span.covers(span.start)
    assert not span.covers(span.end)


@given(start=hours, length=st.integers(min_value=1, max_value=500), resumed=st.none() | hours)
def test_resuming_only_ever_shortens(start: datetime, length: int, resumed: datetime | None) -> None:
    span = Span(start, start + timedelta(hours=length))
    lived = shortened(span, resumed)
    if lived is None:
        assert resumed is not None
        assert resumed <= start
    else:
        assert lived.start == start < lived.end <= span.end


def test_an_answer_outweighs_a_newer_link_and_that_the_date() -> None:
    over = START + LASTS
    assert standing(START, answer=None, newest=True, expires_at=over) is Standing.OPEN
    assert standing(over, answer=None, newest=True, expires_at=over) is Standing.EXPIRED
    assert standing(over, answer=None, newest=False, expires_at=over) is Standing.REPLACED
    for answer in Answer:
        assert standing(over, answer=answer, newest=False, expires_at=over).value == answer.value


def test_a_masked_address_is_recognised_by_its_owner_alone() -> None:
    assert masked("mira@example.org") == "m…@e….org"
    assert masked("mira@mail.example.org") == "m…@m….org"
    assert masked("root@localhost") == "r…@l…"
    assert masked("nonsense") == "n…@…"


@given(st.emails())
def test_masking_keeps_at_most_the_two_first_letters_and_the_ending(email: str) -> None:
    assert len(masked(email).rpartition(".")[0]) <= 6
