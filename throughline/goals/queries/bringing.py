"""What a file would add to the goals that somebody may see here. Nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.foundation import clock
from throughline.goals.domain.attainment import LEVELS
from throughline.goals.domain.bringing import LONGEST_SENTENCE, Fault, FaultError, Place, Row
from throughline.goals.domain.measure import Kind, Number, faults_of, same_unit
from throughline.goals.models import Correction, Point
from throughline.goals.queries.lines import GoalLine, goals_in

if TYPE_CHECKING:
    from throughline.accounts.models import Person

Said = tuple[date, float | None, str, str]
"""A point: day, value, note, link."""


@dataclass
class Addition:
    """What one goal gets. line: None for a goal that is not here yet and would be written, for its owner alone."""

    sentence: str
    line: GoalLine | None
    number: Number | None = None
    due: date | None = None
    points: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """already: how many lines say what is here. faults: what cannot be taken, by place."""

    additions: tuple[Addition, ...]
    already: int
    faults: tuple[tuple[Place, FaultError], ...]

    @property
    def new_goals(self) -> int:
        return sum(one.line is None for one in self.additions)

    @property
    def points(self) -> int:
        return sum(len(one.points) for one in self.additions)


def plan_of(person: Person, relationship_id: UUID, rows: Sequence[Row]) -> Plan:
    """Three queries, however long the file. A point that is here, was corrected or taken back is not added again."""
    lines = goals_in(person, relationship_id)
    by_id = {str(line.id): line for line in lines}
    by_name: dict[str, list[GoalLine]] = {}
    for line in lines:
        by_name.setdefault(_name(line.sentence), []).append(line)
    known, today = _known([line.id for line in lines]), clock.today_in(person.zone)
    additions: dict[str, Addition] = {}
    already, faults = 0, []
    for row in rows:
        try:
            key, made = _addition(row, by_id, by_name, additions)
            said = _said(row, made, today) if row.has_point else None
        except FaultError as error:
            faults.append((row.place, error))
            continue
        additions[key] = made
        if said is None:
            already += made.line is not None
        elif made.line is not None and known[made.line.id, said] > 0:
            known[made.line.id, said] -= 1
            already += 1
        elif not any(said[1:]) and said[1] is None:
            faults.append((row.place, FaultError(Fault.NOTHING)))
        else:
            made.points.append(said)
    found = tuple(one for one in additions.values() if one.points or one.line is None)
    return Plan(found, already, tuple(faults))


def _name(sentence: str) -> str:
    return " ".join(sentence.split()).casefold()


def _addition(
    row: Row, by_id: dict[str, GoalLine], by_name: dict[str, list[GoalLine]], additions: dict[str, Addition]
) -> tuple[str, Addition]:
    called = by_name.get(_name(row["goal"]), [])
    line = by_id.get(row["id"].lower()) or (called[0] if len(called) == 1 else None)
    if line is None and len(called) > 1:
        raise FaultError(Fault.SEVERAL, row["goal"])
    if line is None and not row["goal"]:
        raise FaultError(Fault.NO_GOAL, row["id"])
    if len(row["goal"]) > LONGEST_SENTENCE:
        raise FaultError(Fault.LONG_GOAL, row["goal"])
    key = str(line.id) if line else _name(row["goal"])
    return key, additions.get(key) or Addition(
        row["goal"] if line is None else line.sentence,
        line,
        None if line else _number(row),
        None if line else row.due(),
    )


def _number(row: Row) -> Number | None:
    """The measure of a goal that is not here yet, where the line says one."""
    baseline, target = row.number("baseline") or 0.0, row.number("target")
    number = Number(row["unit"][:40], baseline, target) if target is not None else None
    return number if number and not faults_of(number) else None


def _said(row: Row, made: Addition, today: date) -> Said:
    if row["milestone"] and not (row["note"] or row["value"] or row["link"]):
        raise FaultError(Fault.MILESTONE)
    value = row.number("value")
    if value is not None:
        _check(value, row["unit"], made)
    return row.day(today), value, row.note, _link(row["link"])


def _check(value: float, unit: str, made: Addition) -> None:
    kind = made.line.picture.kind if made.line else Kind.NUMBER if made.number else Kind.NONE
    if kind not in (Kind.NUMBER, Kind.LEVELS):
        raise FaultError(Fault.NO_MEASURE, f"{value:g}")
    if kind is Kind.LEVELS and value not in LEVELS:
        raise FaultError(Fault.NO_LEVEL, f"{value:g}")
    counted = made.line.picture.unit if made.line else made.number.unit if made.number else ""
    if kind is Kind.NUMBER and unit and unit != counted and not same_unit(unit, counted):
        raise FaultError(Fault.OTHER_UNIT, unit)


def _link(text: str) -> str:
    if text and (len(text) > 1000 or not text.startswith(("https://", "http://")) or set(text) & set(' <>"\\\n\r\t')):
        raise FaultError(Fault.BAD_LINK, text)
    return text


def _known(goal_ids: list[UUID]) -> Counter[tuple[UUID, Said]]:
    """What points say, and said before somebody corrected them."""
    found: Counter[tuple[UUID, Said]] = Counter()
    for point in Point.objects.filter(goal_id__in=goal_ids):
        found[point.goal_id, _of_entry(point.day, point.entry)] += 1
    for kept in Correction.objects.filter(point__goal_id__in=goal_ids).select_related("point"):
        before = kept.before
        said = _of_entry(date.fromisoformat(before["day"]), before)
        if said != _of_entry(kept.point.day, kept.point.entry):
            found[kept.point.goal_id, said] += 1
    return found


def _of_entry(day: date, entry: dict[str, object]) -> Said:
    value = entry.get("value")
    return day, float(str(value)) if value is not None else None, str(entry.get("note", "")), str(entry.get("link", ""))
