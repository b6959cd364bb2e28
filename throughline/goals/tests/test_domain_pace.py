"""Pace, measures, pictures, drawings and quarters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from throughline.goals.domain.drawing import HEIGHT, WIDTH, draw, thinned
from throughline.goals.domain.forecast import Observation, forecast
from throughline.goals.domain.measure import Fault, Kind, Levels, Number, faults_of, from_plain, same_unit, to_plain
from throughline.goals.domain.pace import Standing, elapsed_share, pace_of, planned_at
from throughline.goals.domain.picture import Step, paint, read_picture
from throughline.goals.domain.quarters import Quarter, quarter_of, read_quarter

BEGUN, DUE = date(2026, 9, 1), date(2026, 12, 10)  # a hundred days
FIVE = ("Never", "Rarely", "Each week", "Each day", "Gladly")


@pytest.mark.parametrize(
    ("progress", "day", "standing", "value"),
    [
        (0.1, 25, Standing.TOO_EARLY, None),
        (0.1, 26, Standing.OFF_TRACK, 0.1 / 0.26),
        (0.4, 50, Standing.ON_TRACK, 0.8),
        (0.39, 50, Standing.OFF_TRACK, 0.78),
        (0.9, 100, Standing.ON_TRACK, 0.9),
        (0.9, 101, Standing.OVERDUE, 0.9),
        (1.0, 101, Standing.REACHED, 1.0),
        (1.2, 60, Standing.REACHED, 2.0),
        (None, 60, Standing.NOT_MEASURED, None),
        (-0.2, 50, Standing.OFF_TRACK, -0.4),
    ],
)
def test_pace(progress, day, standing, value) -> None:
    found = pace_of(progress=progress, begun=BEGUN, due=DUE, today=BEGUN + timedelta(days=day))
    assert (found.standing, found.value) == (standing, pytest.approx(value))


def test_without_a_date_there_is_no_pace_but_it_can_be_reached() -> None:
    assert pace_of(progress=0.5, begun=BEGUN, due=None, today=DUE).standing is Standing.NOT_MEASURED
    assert pace_of(progress=1.0, begun=BEGUN, due=None, today=DUE).standing is Standing.REACHED


@given(some.integers(-400, 400), some.integers(-400, 400), some.integers(1, 400), some.integers(0, 800))
def test_who_is_on_the_path_has_pace_one(baseline, reach, length, day) -> None:
    due, today = BEGUN + timedelta(days=length), BEGUN + timedelta(days=day)
    if reach and 0.25 < day / length < 1:
        value = planned_at(begun=BEGUN, due=due, day=today, baseline=baseline, target=baseline + reach)
        share = Number("p", baseline, baseline + reach).share(value)
        assert pace_of(progress=share, begun=BEGUN, due=due, today=today).value == pytest.approx(1)


@given(some.dates(), some.dates(), some.dates())
def test_elapsed_is_a_share(begun, due, today) -> None:
    assert 0 <= elapsed_share(begun, due, today) <= 1


@pytest.mark.parametrize(
    ("measure", "faults"),
    [
        (Number("pages", 0, 10), []),
        (Number("pages", 10, 10), [Fault.SAME]),
        (Number(" ", 0, 10), [Fault.NO_UNIT]),
        (Number("pages", 0, 1e13), [Fault.NO_NUMBER]),
        (Levels(FIVE), []),
        (Levels(FIVE, weight=0), [Fault.WEIGHT]),
        (Levels(FIVE, weight=11), [Fault.WEIGHT]),
        (Levels((*FIVE[:4], "")), [Fault.EMPTY_LEVEL]),
        (Levels((*FIVE[:4], "never ")), [Fault.SAME_LEVELS]),
        (Levels(FIVE, baseline=3), [Fault.BASELINE_LEVEL]),
    ],
)
def test_faults(measure, faults) -> None:
    assert faults_of(measure) == faults


@pytest.mark.parametrize(("kind", "measure"), [(Kind.NUMBER, Number("h", 1, -2)), (Kind.LEVELS, Levels(FIVE, 3, -2))])
def test_a_measure_comes_back_from_plain(kind, measure) -> None:
    assert from_plain(kind, to_plain(measure)) == measure


def test_downward_is_progress_too() -> None:
    assert Number("calls", 9, 1).share(5) == 0.5
    assert [Levels(FIVE).share(level) for level in (-2, -1, 0, 1)] == [-1, 0, 1, 2]
    assert Levels(FIVE, baseline=0).share(0) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"), [("p", "pages", True), ("Page", "pages", True), ("", "pages", False), ("h", "p", False)]
)
def test_units(one, other, same) -> None:
    assert same_unit(one, other) is same


numbers = some.lists(some.tuples(some.integers(0, 300), some.floats(-1e6, 1e6)), min_size=1, max_size=60)


@given(numbers, some.floats(-1e3, 1e3), some.floats(0.01, 1e3))
def test_a_picture_comes_back_and_a_drawing_stays_in_its_frame(found, baseline, reach) -> None:
    points = [Observation(BEGUN + timedelta(days=day), number) for day, number in sorted(found)]
    picture = paint(Number("pages", baseline, baseline + reach), Kind.NUMBER, points, [], False)
    assert read_picture(picture.to_plain()) == picture
    assert read_picture({**picture.to_plain(), "spark": [[0, 1.0]]}) == picture  # as release 0.1.0 kept it
    today = points[-1].day
    drawing = draw(
        points, begun=BEGUN, today=today, baseline=baseline, target=baseline + reach, due=DUE, first_due=DUE,
        found=forecast(points, today),
    )  # fmt: skip
    for x, y in (*drawing.points, *drawing.path, *drawing.band, *drawing.middle):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_milestones_in_a_picture() -> None:
    steps = [
        Step(1, "Outline", BEGUN, BEGUN, BEGUN),
        Step(2, "Draft", None, None, None),
        Step(3, "Comments", DUE, DUE, None),
        Step(4, "Submit", None, None, DUE),
    ]
    picture = paint(None, Kind.MILESTONES, [], steps, False)
    assert (picture.share, picture.value, picture.target, picture.next_words) == (0.5, 2, 4, "Comments")
    assert read_picture(picture.to_plain()) == picture
    assert paint(None, Kind.MILESTONES, [], [], False).share is None


@given(some.integers(0, 10_000), some.integers(2, 50))
def test_thinning_keeps_the_ends(count, most) -> None:
    points = [Observation(BEGUN, float(number)) for number in range(count)]
    kept = thinned(points, most)
    assert len(kept) == min(count, most)
    assert (kept[:1], kept[-1:]) == (points[:1], points[-1:])


@given(some.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_quarters(day) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert read_quarter(str(quarter)) == quarter
    assert quarter.after.before == quarter


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "1999-Q1", "2026-q4 or so", "２０２６-Q1"])
def test_what_is_no_quarter(text) -> None:
    assert read_quarter(text) is None
    assert read_quarter(" 2026-q4 ") == Quarter(2026, 4)
