"""Progress in one line, as somebody types it: "42 pages, chapter two is out", "+5", "done: interview 3", "+1".

A number goes to a goal that counts, a level from -2 to +2 to one with written levels, "done: …" to a milestone, by its
number or its words. Everything else is a note, which is progress told in words. A line is at most LONGEST long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

from throughline.goals.domain.attainment import LEVELS
from throughline.goals.domain.measure import LARGEST, Kind, same_unit

LONGEST = 500
_NUMBER = re.compile(r"^([+\-−]?)\s*(\d[\d  .,']*)\s*(?:/\s*[\d.,]+)?\s*(%?)\s*(.*)$", re.DOTALL)  # noqa: RUF001
_DONE = re.compile(r"^(?:done\b|✓|✔)[:\s]*(.*)$", re.IGNORECASE | re.DOTALL)


class Unclear(StrEnum):
    """Why a line cannot be taken as progress on this goal."""

    EMPTY = "nothing said"
    NO_NUMBER = "no number that can be used"
    OTHER_UNIT = "another unit"
    NO_LEVEL = "no level from -2 to +2"
    NOT_AGREED = "levels that not all have agreed to"
    NO_SUCH_MILESTONE = "no milestone of this name or number"
    SEVERAL_MILESTONES = "several milestones of this name"


class UnclearLineError(ValueError):
    """about: the piece of the line that could not be read."""

    def __init__(self, why: Unclear, about: str = "") -> None:
        super().__init__(why.value)
        self.why, self.about = why, about


@dataclass(frozen=True)
class Taken:
    """What a line says. value: a number or a level. milestone: its place among all of them, from 0."""

    value: float | None = None
    milestone: int | None = None
    note: str = ""


def read_line(
    line: str,
    kind: Kind,
    *,
    unit: str = "",
    last: float | None = None,
    milestones: Sequence[str] = (),
    done: Collection[int] = (),
) -> Taken:
    """last: the newest value, which "+5" adds to. milestones: the words of all, in order; done: the places of those
    that are finished, which only their number names where another is meant as well.

    Raises UnclearLineError.
    """
    text = line.strip()
    if not text:
        raise UnclearLineError(Unclear.EMPTY)
    if kind is Kind.MILESTONES and (finished := _DONE.match(text)):
        return _milestone(finished[1].strip(), milestones, done)
    if kind is Kind.NUMBER and (found := _NUMBER.match(text)):
        return _number(found, unit, last)
    if kind is Kind.LEVELS and (found := _NUMBER.match(text)):
        return _level(found)
    return Taken(note=text)


def _number(found: re.Match[str], unit: str, last: float | None) -> Taken:
    sign, digits, percent, rest = found[1].replace("−", "-"), found[2], found[3], found[4].strip()  # noqa: RUF001
    value = number_in(digits)
    if value is None:
        raise UnclearLineError(Unclear.NO_NUMBER, digits.strip())
    word = percent or _first_word(rest)
    if word and same_unit(word, unit):
        rest = rest if percent else rest[len(word) :]
    elif percent or (word and rest.rstrip(" .,;:!") == word and len(word) > 1):
        raise UnclearLineError(Unclear.OTHER_UNIT, word)
    if sign == "+":
        value = (last or 0.0) + value
    elif sign == "-":
        value = -value
    return Taken(value=value, note=rest.strip(" ,;:.") if rest.strip(" ,;:.") else "")


def _level(found: re.Match[str]) -> Taken:
    value = number_in(found[2])
    signed = None if value is None else -value if found[1] in ("-", "−") else value  # noqa: RUF001
    if signed not in LEVELS:
        raise UnclearLineError(Unclear.NO_LEVEL, f"{found[1]}{found[2].strip()}")
    return Taken(value=float(signed), note=found[4].strip(" ,;:."))


def _milestone(said: str, milestones: Sequence[str], done: Collection[int]) -> Taken:
    still = [place for place in range(len(milestones)) if place not in done]
    found = _named(said, milestones, still) or _named(said, milestones, done)
    number = re.match(r"^#?(\d{1,4})\b[.:)]?\s*(.*)$", said, re.DOTALL)
    if number and 1 <= int(number[1]) <= len(milestones) and not found:
        return Taken(milestone=int(number[1]) - 1, note=number[2].strip())
    if not said and len(still) == 1:
        found = still
    if len(found) == 1:
        return Taken(milestone=found[0])
    name, comma, note = said.partition(",")
    if comma and not found:
        return replace(_milestone(name, milestones, done), note=note.strip())
    raise UnclearLineError(Unclear.SEVERAL_MILESTONES if found else Unclear.NO_SUCH_MILESTONE, said)


def _named(said: str, milestones: Sequence[str], places: Collection[int]) -> list[int]:
    """Of these places those called exactly so, else those whose words begin so, else those that contain them.

    Digits alone are a place, unless something is called exactly so.
    """
    wanted, names = said.strip().casefold(), {place: milestones[place].strip().casefold() for place in sorted(places)}
    if not wanted:
        return []
    ways: list[Callable[[str], bool]] = [lambda name: name == wanted]
    if not wanted.lstrip("#").isdecimal():
        ways += [lambda name: name.startswith(wanted), lambda name: wanted in name]
    for way in ways:
        if found := [place for place, name in names.items() if way(name)]:
            return found
    return []


def _first_word(text: str) -> str:
    found = re.match(r"[^\W\d_][\w./-]*", text)
    return found[0].rstrip(".") if found else ""


def number_in(text: str) -> float | None:
    """A number as people write it: 1,200 · 1.200,5 · 1 200 · 3,5 · 42. None where it is none, or larger than 10¹²."""
    plain = re.sub(r"[\s  ']", "", text).rstrip(".,")
    if "," in plain and "." in plain:
        decimal = max(plain.rfind(","), plain.rfind("."))
        if plain.count(plain[decimal]) > 1:
            return None
        plain = re.sub(r"[.,]", "", plain[:decimal]) + "." + plain[decimal + 1 :]
    elif plain.count(",") > 1 or re.fullmatch(r"\d{1,3},\d{3}", plain):
        plain = plain.replace(",", "")
    elif plain.count(".") > 1:
        plain = plain.replace(".", "")
    else:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) <= LARGEST else None
