"""Two at the same moment for one person's time, on a real database with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier

import pytest
import time_machine
from django.db import connection

from throughline.agreements.domain.terms import Cadence, Schedule
from throughline.meetings.actions import CannotChangeError, ask_move
from throughline.meetings.models import ChangeRequest, Meeting
from throughline.meetings.tests.scenes import FIRST, begin, sign

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(30)
            return act()
        except CannotChangeError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_mentees_ask_for_one_hour_of_their_mentor_and_one_gets_it(mentor, mentee, stranger) -> None:
    with time_machine.travel(FIRST, tick=False):
        pair, other = begin(mentor, mentee), begin(mentor, stranger)
        sign(pair)
        sign(other, Schedule(Cadence.WEEKLY, 3, None, time(18), "Europe/Berlin", 50, date(2026, 10, 1), None))
        first = Meeting.objects.filter(relationship=pair).order_by("start")[0]
        second = Meeting.objects.filter(relationship=other).order_by("start")[1]
        wednesday = first.start.replace(day=7)
        done = at_once(
            lambda: ask_move(occurrence=first, by=mentee, to=wednesday, reason="A"),
            lambda: ask_move(occurrence=second, by=stranger, to=wednesday, reason="B"),
        )
    assert sorted(type(each).__name__ for each in done) == ["CannotChangeError", "ChangeRequest"]
    [refused] = [each for each in done if isinstance(each, CannotChangeError)]
    assert "That time is gone" in str(refused)
    assert len(refused.slots) == 3
    assert ChangeRequest.objects.count() == 1
