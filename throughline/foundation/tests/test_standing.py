"""The clock of one process, held at an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from throughline.foundation import clock
from throughline.foundation.standing import standing_at

THEN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_the_clock_stands_and_then_goes_on():
    before = clock.now()
    with standing_at(THEN):
        assert clock.now() == THEN
        assert str(clock.today_in("Asia/Tokyo")) == "2026-03-01"
    assert before <= clock.now() < before + timedelta(minutes=5)


def test_it_goes_on_after_an_error():
    with pytest.raises(LookupError), standing_at(THEN):
        raise LookupError
    assert clock.now() != THEN


def test_it_neither_nests_nor_takes_a_naive_time():
    with standing_at(THEN), pytest.raises(RuntimeError), standing_at(THEN):
        pass
    with pytest.raises(ValueError, match="aware"), standing_at(THEN.replace(tzinfo=None)):
        pass
