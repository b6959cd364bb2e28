"""Progress in one line: what people type, and what is meant by it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from throughline.goals.domain.lines import Taken, Unclear, UnclearLineError, number_in, read_line
from throughline.goals.domain.measure import Kind

STEPS = ("Interview 1", "Interview 2", "Interview 3", "Write it up")


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("42", Taken(42)),
        ("42 pages", Taken(42)),
        ("42p", Taken(42)),
        ("42 pages, chapter two", Taken(42, note="chapter two")),
        ("42 done so far", Taken(42, note="done so far")),
        ("42/100", Taken(42)),
        ("+5", Taken(15)),
        ("+5 pages", Taken(15)),
        ("-3", Taken(-3)),
        ("1,200 pages", Taken(1200)),
        ("1 200", Taken(1200)),
        ("1.200,5", Taken(1200.5)),
        ("3,5 pages", Taken(3.5)),
        ("stuck on the method", Taken(note="stuck on the method")),
        ("chapter 2 is out", Taken(note="chapter 2 is out")),
    ],
)
def test_a_number(line, taken) -> None:
    assert read_line(line, Kind.NUMBER, unit="pages", last=10) == taken


@pytest.mark.parametrize(
    ("line", "why"), [("42 chapters", Unclear.OTHER_UNIT), ("42 %", Unclear.OTHER_UNIT), ("  ", Unclear.EMPTY)]
)
def test_what_a_number_is_not(line, why) -> None:
    with pytest.raises(UnclearLineError) as caught:
        read_line(line, Kind.NUMBER, unit="pages")
    assert caught.value.why is why


def test_per_cent_is_a_unit() -> None:
    assert read_line("80 %", Kind.NUMBER, unit="%") == Taken(80)


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("done: 3", Taken(milestone=2)),
        ("done: interview 3", Taken(milestone=2)),
        ("Done write", Taken(milestone=3)),
        ("done: #2 it went well", Taken(milestone=1, note="it went well")),
        ("✓ write it up", Taken(milestone=3)),
        ("done: write, five days early", Taken(milestone=3, note="five days early")),
        ("two calls made", Taken(note="two calls made")),
        ("donec quis", Taken(note="donec quis")),
    ],
)
def test_a_milestone(line, taken) -> None:
    assert read_line(line, Kind.MILESTONES, milestones=STEPS) == taken


def test_a_name_means_what_is_open_and_a_number_also_what_is_done() -> None:
    assert read_line("done: interview", Kind.MILESTONES, milestones=STEPS, done={0, 1}) == Taken(milestone=2)
    assert read_line("done", Kind.MILESTONES, milestones=STEPS, done={0, 1, 2}) == Taken(milestone=3)
    assert read_line("done: 1", Kind.MILESTONES, milestones=STEPS, done={0}) == Taken(milestone=0)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("done: interview", Unclear.SEVERAL_MILESTONES),
        ("done: lunch", Unclear.NO_SUCH_MILESTONE),
        ("done: 9", Unclear.NO_SUCH_MILESTONE),
    ],
)
def test_what_no_milestone_is(line, why) -> None:
    with pytest.raises(UnclearLineError) as caught:
        read_line(line, Kind.MILESTONES, milestones=STEPS)
    assert caught.value.why is why


@pytest.mark.parametrize(("line", "level"), [("+1", 1), ("-2", -2), ("−1", -1), ("0", 0), ("2", 2)])
def test_a_level(line, level) -> None:
    assert read_line(line, Kind.LEVELS) == Taken(level)


@pytest.mark.parametrize("line", ["3", "+0.5", "-3"])
def test_what_no_level_is(line) -> None:
    with pytest.raises(UnclearLineError) as caught:
        read_line(line, Kind.LEVELS)
    assert caught.value.why is Unclear.NO_LEVEL


@given(some.text(max_size=60), some.sampled_from(Kind))
def test_anything_typed_is_taken_or_refused(line, kind) -> None:
    with suppress(UnclearLineError):
        taken = read_line(line, kind, unit="pages", last=1, milestones=STEPS)
        assert taken.value is not None or taken.note or taken.milestone is not None


@given(some.integers(0, 10**9), some.sampled_from(["{}", "{:,}", "{} pages", "{:_}"]))
def test_whole_numbers_come_back(number, written) -> None:
    text = written.format(number).replace("_", " ")
    assert read_line(text, Kind.NUMBER, unit="pages") == Taken(float(number))


@pytest.mark.parametrize("text", ["", ".", ",", "9" * 400, "1.2.3.4.5,6,7"])
def test_what_is_no_number(text) -> None:
    assert number_in(text) is None
