"""Files of goals and points that come back in: what the download gave, or a table of points made by hand.

A table (CSV) has a line for its columns (domain/filed.py), of which `day` and one of `goal` and `id` must be there; the
others may be. Nothing here changes anything; what is wrong is told by place.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Any

from throughline.goals.domain.filed import ABOUT, COLUMNS, LEVEL_COLUMNS, history_text
from throughline.goals.domain.lines import LONGEST
from throughline.goals.domain.measure import LARGEST, Levels, faults_of

LARGEST_FILE = 1024 * 1024  # bytes
MOST_ROWS = 10_000
LONGEST_SENTENCE = 300
EARLIEST = date(1900, 1, 1)
_MASKED = re.compile(r"'(?=[=+\-@\t\r])")
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})([eE][+-]?\d{1,3})?", re.ASCII)


class Fault(StrEnum):
    """Why a line cannot be taken; the page says it in a sentence."""

    NO_GOAL = "no goal is named"
    LONG_GOAL = "the goal's sentence is too long"
    SEVERAL = "several goals are called so"
    BAD_DAY = "no day"
    FUTURE = "a day that has not come yet"
    BAD_NUMBER = "no number"
    NO_MEASURE = "a value, where nothing counts"
    OTHER_UNIT = "another unit"
    NO_LEVEL = "no level"
    LONG_NOTE = "a note that is too long"
    BAD_LINK = "no address"
    MILESTONE = "a milestone's point"
    NOTHING = "nothing said"


class NotReadableError(ValueError):
    """The whole file cannot be read. why: text, columns, json, many."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class FaultError(ValueError):
    """One line cannot be taken."""

    def __init__(self, why: Fault, about: str = "") -> None:
        super().__init__(why.value)
        self.why, self.about = why, about[:60]


@dataclass(frozen=True)
class Place:
    """A line of a table, from 1; or a goal of a file, and its point, both from 1 (0: none)."""

    line: int = 0
    goal: int = 0
    point: int = 0


@dataclass(frozen=True)
class Row:
    """What one line says, as text; nothing of it is checked yet."""

    place: Place
    said: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "")

    @property
    def has_point(self) -> bool:
        """A milestone alone is a step that is still open."""
        return any(self[name] for name in ("day", "value", "note", "link"))

    def number(self, name: str) -> float | None:
        """Raises FaultError."""
        if not self[name]:
            return None
        value = float(self[name]) if _NUMBER.fullmatch(self[name]) else float("nan")
        if not isfinite(value) or abs(value) > LARGEST:
            raise FaultError(Fault.BAD_NUMBER, self[name])
        return value

    def day_of(self, name: str) -> date | None:
        """None where nothing stands. Raises FaultError."""
        return self._day(name) if self[name] else None

    def step(self) -> tuple[str, date | None, date | None]:
        """The milestone's words, its day and the day that was said first. Raises FaultError."""
        if len(self["milestone"]) > LONGEST_SENTENCE:
            raise FaultError(Fault.LONG_GOAL, self["milestone"])
        due, first = self.day_of("milestone_due"), self.day_of("milestone_first_due")
        return self["milestone"], due, first or due

    def levels(self) -> Levels | None:
        """The five written levels; None where they are not whole."""
        one, two, three, four, five = (self[name][:LONGEST_SENTENCE] for name in LEVEL_COLUMNS)
        weight, baseline = self.number("weight"), self.number("baseline")
        found = Levels((one, two, three, four, five), int(weight or 1), int(-1 if baseline is None else baseline))
        return None if faults_of(found) else found

    def day(self, latest: date) -> date:
        """Raises FaultError, also for a day after `latest`."""
        found = self._day("day")
        if found > latest:
            raise FaultError(Fault.FUTURE, self["day"])
        return found

    def _day(self, name: str) -> date:
        text = self[name]
        try:
            found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else date.min
        except ValueError:
            found = date.min
        if found < EARLIEST:
            raise FaultError(Fault.BAD_DAY, text)
        return found

    @property
    def note(self) -> str:
        """Raises FaultError."""
        if len(self["note"]) > LONGEST:
            raise FaultError(Fault.LONG_NOTE)
        return self["note"]


def read_file(text: str) -> list[Row]:
    """Raises NotReadableError."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\0", "")
    rows = _of_json(text) if text.lstrip().startswith(("{", "[")) else _of_table(text)
    found = []
    for row in rows:
        found.append(row)
        if len(found) > MOST_ROWS:
            raise NotReadableError("many")
    return found


def decoded(content: bytes) -> str:
    """Raises NotReadableError for what is no text in UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadableError("text") from None


def _of_table(text: str) -> Iterator[Row]:
    head = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        columns = [name.strip().casefold() for name in next(lines, [])]
        if "day" not in columns or not {"goal", "id"} & set(columns):
            raise NotReadableError("columns")
        begun = lines.line_num + 1
        for cells in lines:
            said = {name: _MASKED.sub("", cell.strip(), count=1) if _MASKED.match(cell.strip()) else cell.strip()
                    for name, cell in zip(columns, cells, strict=False) if name in COLUMNS}  # fmt: skip
            if any(said.values()):
                yield Row(Place(line=begun), said)
            begun = lines.line_num + 1
    except csv.Error:
        raise NotReadableError("columns") from None


def _of_json(text: str) -> Iterator[Row]:
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        raise NotReadableError("json") from None
    goals = plain.get("goals") if isinstance(plain, dict) else plain
    if not isinstance(goals, list) or not all(isinstance(goal, dict) for goal in goals):
        raise NotReadableError("json")
    for number, goal in enumerate(goals, 1):
        yield from _of_goal(number, goal)


def _of_goal(number: int, goal: dict[str, Any]) -> Iterator[Row]:
    points, steps = goal.get("points") or [], goal.get("milestones") or []
    if not all(isinstance(some, list) and all(isinstance(one, dict) for one in some) for some in (points, steps)):
        raise NotReadableError("json")
    levels = goal.get("levels")
    about = {name: _text(goal.get(name)) for name in ABOUT} | {"goal": _text(goal.get("sentence"))}
    about["owner"] = _text(goal.get("owner_name"))
    about |= {name: _text(levels.get(name)) for name in LEVEL_COLUMNS} if isinstance(levels, dict) else {}
    history = {"goal_history": _listed(goal.get("history"))}
    known: dict[str, dict[str, str]] = {}
    for step in steps:
        said = {"milestone": _text(step.get("words"))}
        said |= {f"milestone_{name}": _text(step.get(name)) for name in ("due", "first_due")}
        known[_text(step.get("id"))] = said
        yield Row(Place(goal=number), about | history | said)
    if not points and not steps:
        yield Row(Place(goal=number), about | history)
    for place, point in enumerate(points, 1):
        said = {name: _text(point.get(name)) for name in ("day", "value", "note", "link", "milestone", "recorded_at")}
        said |= known.get(_text(point.get("milestone_id")), {})
        said |= {"recorded_by": _text(point.get("by_name")), "point_history": _listed(point.get("history"))}
        yield Row(Place(goal=number, point=place), about | history | said)


def _listed(value: Any) -> str:
    return history_text(value) if isinstance(value, list) and all(isinstance(one, dict) for one in value) else ""


def _text(value: Any) -> str:
    """Words and numbers; anything else as it would be shown, which no check lets pass as a number or a day."""
    if value is None:
        return ""
    try:
        return str(value).strip()
    except ValueError:  # a number of thousands of digits
        return "?"
