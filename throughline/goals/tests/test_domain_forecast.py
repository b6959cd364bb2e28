"""Where points lead: what holds for every series, and that a straight path comes to its own due date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from throughline.goals.domain.forecast import LEAST, Observation, arrival, forecast
from throughline.goals.domain.pace import planned_at

START = date(2026, 9, 1)
value = some.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))
series = some.dictionaries(some.integers(0, 400), value, min_size=LEAST, max_size=20).map(
    lambda found: [Observation(START + timedelta(days=day), number) for day, number in found.items()]
)


def days(*numbers: int) -> list[date]:
    return [START + timedelta(days=number) for number in numbers]


@given(
    some.integers(20, 400),
    some.sets(some.integers(0, 19), min_size=LEAST),
    some.integers(-50, 50),
    some.integers(1, 400).flatmap(lambda number: some.sampled_from([number, -number])),
)
def test_a_straight_path_comes_to_its_own_due_date(length, when, baseline, reach) -> None:
    due, target = START + timedelta(days=length), baseline + reach
    points = [
        Observation(day, planned_at(begun=START, due=due, day=day, baseline=baseline, target=target))
        for day in days(*when)
    ]
    found = forecast(points, due)
    coming = arrival(found, target - reach * 1e-9, reach > 0)
    assert {coming.earliest, coming.middle, coming.latest} == {due}
    assert found.at(due).middle == pytest.approx(target)


@given(series, some.integers(0, 400), value)
def test_a_later_point_never_changes_what_was_said(points, later, number) -> None:
    today = max(point.day for point in points)
    more = [*points, Observation(today + timedelta(days=later + 1), number)]
    assert forecast(more, today) == forecast(points, today)


@given(series)
def test_the_order_does_not_count_and_the_range_holds_its_middle(points) -> None:
    today = max(point.day for point in points)
    found = forecast(points, today)
    assert forecast(sorted(points, key=lambda point: point.value), today) == found
    before = 0.0
    for ahead in (0, 1, 10, 100):
        at = found.at(today + timedelta(days=ahead))
        assert at.low <= at.middle <= at.high
        assert at.high - at.low >= before * 0.999999
        before = at.high - at.low


@given(series, some.sampled_from([-3.0, 0.5, 2.0]), some.integers(-100, 100))
def test_the_unit_does_not_count(points, times, plus) -> None:
    today = max(point.day for point in points)
    scaled = [Observation(point.day, point.value * times + plus) for point in points]
    one, other = forecast(points, today).at(today), forecast(scaled, today).at(today)
    edges = sorted([one.low * times + plus, one.high * times + plus])
    size = 1 + abs(plus) + max(abs(point.value * times) for point in points)
    assert [other.low, other.high] == pytest.approx(edges, abs=1e-5 * size)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_under_four_days_it_is_too_early(count) -> None:
    points = [Observation(day, 1.0) for day in days(*range(count))]
    assert forecast([*points, *points], START + timedelta(days=9)) is None


def test_of_several_on_a_day_the_last_counts() -> None:
    points = [Observation(day, 3.0 * number) for number, day in enumerate(days(0, 2, 4, 6))]
    wrong_first = [Observation(points[-1].day, 100.0), *points]
    assert forecast(wrong_first, points[-1].day) == forecast(points, points[-1].day)


def test_one_wrong_point_hardly_turns_the_trend() -> None:
    points = [Observation(day, float(number)) for number, day in enumerate(days(*range(0, 40, 2)))]
    wrong = [*points[:4], Observation(points[4].day, 500.0), *points[5:]]
    assert forecast(wrong, points[-1].day).slope == pytest.approx(0.5)


def test_a_path_that_stands_still_never_arrives() -> None:
    points = [Observation(day, 10.0) for day in days(0, 7, 14, 21)]
    found = forecast(points, points[-1].day)
    assert arrival(found, 20.0, rising=True) == arrival(found, 0.0, rising=False)
    assert arrival(found, 20.0, rising=True).earliest is None
    assert arrival(found, 10.0, rising=True).latest == points[-1].day


def test_noise_makes_the_arrival_a_range() -> None:
    values = [0, 4, 3, 8, 9, 9, 14, 13]
    points = [Observation(day, float(number)) for number, day in zip(values, days(*range(0, 56, 7)), strict=True)]
    found = arrival(forecast(points, points[-1].day), 30.0, rising=True)
    assert found.earliest < found.middle < found.latest
