"""Slots that suit everybody: exact against looking at every meeting by itself, through clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from throughline.accounts.domain.availability import Availability, QuietHours, Window
from throughline.meetings.domain.free_time import Pair, free_for_all, joined, shared, without
from throughline.meetings.domain.slots import BREATH, Clock, Diary, Slot, weekly_slots

BERLIN, LOS_ANGELES = "Europe/Berlin", "America/Los_Angeles"
ORIGIN = datetime(2026, 3, 1, tzinfo=UTC)


def spans(most: int = 12) -> st.SearchStrategy[list[Pair]]:
    def pair(numbers: tuple[int, int]) -> Pair:
        start = ORIGIN + timedelta(minutes=numbers[0])
        return start, start + timedelta(minutes=numbers[1])

    return st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)).map(pair), max_size=most)


def minutes_of(pairs: list[Pair]) -> set[int]:
    return {
        minute
        for start, end in pairs
        for minute in range((start - ORIGIN) // timedelta(minutes=1), (end - ORIGIN) // timedelta(minutes=1))
    }


@given(spans(), spans())
def test_sets_of_time_are_sets(one: list[Pair], other: list[Pair]):
    left, right = joined(one), joined(other)
    assert minutes_of(left) == minutes_of(one)
    assert minutes_of(without(left, right)) == minutes_of(one) - minutes_of(other)
    assert minutes_of(shared(left, right)) == minutes_of(one) & minutes_of(other)
    for result in (left, without(left, right), shared(left, right)):
        assert result == sorted(result)
        assert all(start < end for start, end in result)


@given(spans(), st.integers(0, 30))
def test_a_margin_is_on_both_sides(busy: list[Pair], margin: int):
    wide = [(start - timedelta(minutes=margin), end + timedelta(minutes=margin)) for start, end in busy]
    assert minutes_of(joined(busy, timedelta(minutes=margin))) == minutes_of(wide)


def test_nobody_has_nothing_in_common():
    assert free_for_all([]) == []


def office(zone: str, starts: int, ends: int, days: range = range(5), quiet: QuietHours | None = None) -> Availability:
    return Availability(zone, tuple(Window(day, time(starts), time(ends % 24)) for day in days), quiet_hours=quiet)


def test_a_slot_says_what_it_is_on_each_clock_through_both_changes():
    mira = Diary("Mira", office(BERLIN, 16, 20, range(3, 4)))
    tomas = Diary("Tomás", office(LOS_ANGELES, 7, 11))
    best, *_rest = weekly_slots([mira, tomas], minutes=50, first=date(2026, 10, 1), last=date(2026, 12, 1))
    # Berlin changes on 25 October, Los Angeles on 1 November: for one week between, Tomás meets an hour later.
    assert best == Slot(
        weekday=3,
        time=time(17),
        zone=BERLIN,
        first=datetime(2026, 10, 1, 15, tzinfo=UTC),
        free=9,
        all=9,
        clocks=(
            (Clock(date(2026, 10, 1), time(17)),),
            (Clock(date(2026, 10, 1), time(8)), Clock(date(2026, 10, 29), time(9)), Clock(date(2026, 11, 5), time(8))),
        ),
    )


def test_where_no_hour_suits_both_there_is_none():
    assert (
        weekly_slots(
            [Diary("Mira", office(BERLIN, 9, 12)), Diary("Ana", office("Pacific/Auckland", 9, 12))],
            minutes=25,
            first=date(2026, 6, 1),
        )
        == []
    )


def test_a_breath_lies_between_calls_and_quiet_hours_are_kept():
    wednesday = datetime(2026, 6, 3, tzinfo=UTC)
    busy = tuple(
        (wednesday + timedelta(weeks=week, hours=10), wednesday + timedelta(weeks=week, hours=10, minutes=50))
        for week in range(30)
    )
    mira = Diary("Mira", office("UTC", 9, 12, range(2, 3), QuietHours(time(11, 30), time(13))), busy)
    slots = weekly_slots([mira, Diary("Tomás", office("UTC", 6, 24))], minutes=25, first=date(2026, 6, 1))
    # 9:00 to 9:50 is left before the call of ten, and 11:00 to 11:30 after it.
    assert [(slot.weekday, slot.time, slot.always) for slot in slots] == [(2, time(11), True), (2, time(9, 15), True)]


def test_nothing_said_means_office_hours():
    silent = Diary("Ana", Availability("UTC"))
    slots = weekly_slots([silent, Diary("Mira", office("UTC", 6, 24, range(7)))], minutes=50, first=date(2026, 6, 1))
    assert silent.assumed
    assert {slot.weekday for slot in slots} <= set(range(5))
    assert all(time(9) <= slot.time <= time(17) for slot in slots)


zones = st.sampled_from([BERLIN, LOS_ANGELES, "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"])
windows = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 20), st.integers(2, 4)),
    min_size=1,
    max_size=5,
    unique_by=lambda w: w[0],
).map(lambda found: tuple(Window(day, time(hour), time((hour + length) % 24)) for day, hour, length in found))


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    begins = draw(st.lists(st.integers(0, 7 * 24 * 8), max_size=10))
    start = datetime(2026, 10, 5, tzinfo=UTC)
    busy = tuple((start + timedelta(hours=hour), start + timedelta(hours=hour, minutes=50)) for hour in begins)
    return Diary("A", Availability(draw(zones), draw(windows)), busy)


@given(diaries(), diaries(), st.sampled_from([25, 50]))
def test_each_week_is_told_truly(one: Diary, other: Diary, minutes: int):
    first, last = date(2026, 10, 7), date(2026, 11, 25)
    for slot in weekly_slots([one, other], minutes=minutes, first=first, last=last):
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        starts = [
            datetime.combine(day, slot.time, ZoneInfo(slot.zone)).astimezone(UTC)
            for day in days
            if day.weekday() == slot.weekday
        ]
        suits = [all(_suits(diary, start, timedelta(minutes=minutes)) for diary in (one, other)) for start in starts]
        assert (sum(suits), len(suits), starts[0]) == (slot.free, slot.all, slot.first)


def _suits(diary: Diary, start: datetime, length: timedelta) -> bool:
    inside = diary.availability.minutes_outside(start, start + length) == 0
    return inside and all(end + BREATH <= start or start + length <= begin - BREATH for begin, end in diary.busy)
