"""What a goal is measured by: a number, milestones, or five written levels; and what may be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

from throughline.goals.domain.attainment import HEAVIEST, LEVELS

LARGEST = 1e12


class Kind(StrEnum):
    """NONE: nobody has said yet how it shows that the goal is reached."""

    NONE = "none"
    NUMBER = "number"
    MILESTONES = "milestones"
    LEVELS = "levels"


class Fault(StrEnum):
    """What is wrong with a measure; the form says it in a sentence."""

    SAME = "the target equals the baseline"
    NO_UNIT = "no unit"
    NO_NUMBER = "no number that can be used"
    WEIGHT = "a weight under 1, or too large"
    EMPTY_LEVEL = "a level without words"
    SAME_LEVELS = "two levels say the same"
    BASELINE_LEVEL = "the level of today is none of the five"


@dataclass(frozen=True)
class Number:
    """From `baseline` to `target`, counted in `unit`; upward or downward."""

    unit: str
    baseline: float
    target: float

    def share(self, value: float) -> float:
        """How much of the way is done: 0 at the baseline, 1 at the target, below 0 on the wrong side."""
        return (value - self.baseline) / (self.target - self.baseline)

    @property
    def rising(self) -> bool:
        return self.target > self.baseline


@dataclass(frozen=True)
class Levels:
    """words: for -2, -1, 0, +1 and +2, in this order. baseline: where things stand when it is written."""

    words: tuple[str, str, str, str, str]
    weight: int = 1
    baseline: int = -1

    def share(self, level: float) -> float:
        """1 at 0, "as expected"; counted from the baseline, or from -2 where the baseline is as expected already."""
        start = self.baseline if self.baseline < 0 else -2
        return (level - start) / (0 - start)

    def said(self, level: int) -> str:
        return self.words[level + 2]


def faults_of(measure: Number | Levels) -> list[Fault]:
    return list(_of_number(measure) if isinstance(measure, Number) else _of_levels(measure))


def _of_number(number: Number) -> list[Fault]:
    found = []
    if not all(isfinite(value) and abs(value) <= LARGEST for value in (number.baseline, number.target)):
        found.append(Fault.NO_NUMBER)
    elif number.baseline == number.target:
        found.append(Fault.SAME)
    if not number.unit.strip():
        found.append(Fault.NO_UNIT)
    return found


def _of_levels(levels: Levels) -> list[Fault]:
    said = [words.strip().casefold() for words in levels.words]
    found = []
    if not all(said):
        found.append(Fault.EMPTY_LEVEL)
    elif len(set(said)) < len(said):
        found.append(Fault.SAME_LEVELS)
    if not 1 <= levels.weight <= HEAVIEST:
        found.append(Fault.WEIGHT)
    if levels.baseline not in LEVELS:
        found.append(Fault.BASELINE_LEVEL)
    return found


def to_plain(measure: Number | Levels | None) -> dict[str, Any]:
    return asdict(measure) if measure else {}


def from_plain(kind: Kind, plain: Mapping[str, Any]) -> Number | Levels | None:
    """Raises KeyError, TypeError or ValueError for what no action wrote."""
    if kind is Kind.NUMBER:
        return Number(str(plain["unit"]), float(plain["baseline"]), float(plain["target"]))
    if kind is Kind.LEVELS:
        one, two, three, four, five = (str(words) for words in plain["words"])
        return Levels((one, two, three, four, five), int(plain["weight"]), int(plain["baseline"]))
    return None


def same_unit(one: str, other: str) -> bool:
    """Whether two words can stand for one unit: "p" and "pages", "Page" and "pages"."""
    first, second = one.strip().casefold().rstrip("."), other.strip().casefold().rstrip(".")
    return bool(first and second) and (first.startswith(second) or second.startswith(first))
