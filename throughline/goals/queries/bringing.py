"""What a file would add to the goals that somebody may see here. Nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.foundation import clock
from throughline.goals.domain.attainment import LEVELS
from throughline.goals.domain.bringing import LONGEST_SENTENCE, Fault, FaultError, Place, Row
from throughline.goals.domain.filed import Happened, read_history
from throughline.goals.domain.measure import Kind, Levels, Number, faults_of, same_unit
from throughline.goals.models import Correction, Milestone, Point
from throughline.goals.queries.lines import GoalLine, goals_in

if TYPE_CHECKING:
    from throughline.accounts.models import Person

Said = tuple[date, float | None, str, str]
"""A point: day, value, note, link."""


Step = tuple[str, date | None, date | None]
"""A milestone: its words, its day, and the day that was said first."""


@dataclass(frozen=True)
class Brought:
    """A point to be taken in. step: the milestone that it finishes. by, at: who recorded it when, as the file says."""

    said: Said
    step: Step | None
    by: str
    at: str
    history: tuple[Happened, ...]


@dataclass
class Addition:
    """What one goal gets. line: None for a goal that is not here yet and would be written, for its owner alone.

    about: the first line of the file that names it.
    """

    sentence: str
    line: GoalLine | None
    about: Row
    measure: Number | Levels | None = None
    begun: date | None = None
    due: date | None = None
    first_due: date | None = None
    steps: dict[tuple[str, date | None], Step] = field(default_factory=dict)
    points: list[Brought] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        if self.line:
            return self.line.picture.kind
        if isinstance(self.measure, Number):
            return Kind.NUMBER
        if isinstance(self.measure, Levels):
            return Kind.LEVELS
        return Kind.MILESTONES if self.steps and self.about["measure"] == Kind.MILESTONES else Kind.NONE

    @property
    def by_milestones(self) -> bool:
        return self.kind is Kind.MILESTONES


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
    """Four queries, however long the file. A point that is here, was corrected or taken back is not added again."""
    lines = goals_in(person, relationship_id)
    by_id = {str(line.id): line for line in lines}
    by_name: dict[str, list[GoalLine]] = {}
    for line in lines:
        by_name.setdefault(_name(line.sentence), []).append(line)
    known, today = _known([line.id for line in lines]), clock.today_in(person.zone)
    here = _steps_of([line.id for line in lines])
    additions: dict[str, Addition] = {}
    already, faults = 0, []
    for row in rows:
        try:
            key, made = _addition(row, by_id, by_name, additions, today)
            step = _step(row, made, here)
            brought = _brought(row, made, step, today, known) if row.has_point else None
        except FaultError as error:
            faults.append((row.place, error))
            continue
        additions[key] = made
        if brought is None:
            already += made.line is not None
        else:
            made.points.append(brought)
    found = tuple(one for one in additions.values() if one.points or one.line is None)
    return Plan(found, already, tuple(faults))


def _name(sentence: str) -> str:
    return " ".join(sentence.split()).casefold()


def _addition(
    row: Row,
    by_id: dict[str, GoalLine],
    by_name: dict[str, list[GoalLine]],
    additions: dict[str, Addition],
    today: date,
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
    return key, additions.get(key) or (Addition(line.sentence, line, row) if line else _new(row, today))


def _new(row: Row, today: date) -> Addition:
    """A goal that is not here yet, with its measure where the file says a whole one."""
    begun, due = row.day_of("begun_on"), row.day_of("due")
    return Addition(
        row["goal"],
        None,
        row,
        measure=row.levels() if row["measure"] == Kind.LEVELS else _number(row),
        begun=min(begun, today) if begun else None,
        due=due,
        first_due=row.day_of("first_due") or due,
    )


def _number(row: Row) -> Number | None:
    baseline, target = row.number("baseline") or 0.0, row.number("target")
    number = Number(row["unit"][:40], baseline, target) if target is not None else None
    return number if number and not faults_of(number) else None


def _step(row: Row, made: Addition, here: Mapping[UUID, Mapping[str, bool]]) -> Step | None:
    """The milestone that the line is about; a new goal gets it. Raises FaultError for one that is not here."""
    if not row["milestone"]:
        return None
    step = row.step()
    if made.line is None:
        if _is_id(step[0]):
            raise FaultError(Fault.MILESTONE, step[0])
        return made.steps.setdefault((_name(step[0]), step[2]), step)
    if _name(step[0]) not in here.get(made.line.id, {}) and not _is_id(step[0]):
        raise FaultError(Fault.MILESTONE, step[0])
    return step


def _is_id(text: str) -> bool:
    """Files of release 0.1.0 named a milestone by its id alone."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _brought(
    row: Row, made: Addition, step: Step | None, today: date, known: Counter[tuple[UUID, Said]]
) -> Brought | None:
    """None for what is here already. Raises FaultError."""
    value = row.number("value")
    said = (row.day(today), value, row.note, _link(row["link"]))
    if made.line is not None and known[made.line.id, said] > 0:
        known[made.line.id, said] -= 1
        return None
    if step is not None and made.line is not None:
        raise FaultError(Fault.MILESTONE, step[0])
    if not any(said[1:]) and value is None and step is None:
        raise FaultError(Fault.NOTHING)
    if value is not None:
        _check(value, row["unit"], made)
    return Brought(said, step, row["recorded_by"][:100], row["recorded_at"], read_history(row["point_history"]))


def _check(value: float, unit: str, made: Addition) -> None:
    kind = made.kind
    if kind not in (Kind.NUMBER, Kind.LEVELS):
        raise FaultError(Fault.NO_MEASURE, f"{value:g}")
    if kind is Kind.LEVELS and value not in LEVELS:
        raise FaultError(Fault.NO_LEVEL, f"{value:g}")
    counted = made.line.picture.unit if made.line else made.measure.unit if isinstance(made.measure, Number) else ""
    if kind is Kind.NUMBER and unit and unit != counted and not same_unit(unit, counted):
        raise FaultError(Fault.OTHER_UNIT, unit)


def _link(text: str) -> str:
    if text and (len(text) > 1000 or not text.startswith(("https://", "http://")) or set(text) & set(' <>"\\\n\r\t')):
        raise FaultError(Fault.BAD_LINK, text)
    return text


def _steps_of(goal_ids: list[UUID]) -> dict[UUID, dict[str, bool]]:
    """The milestones of each goal by their words."""
    found: dict[UUID, dict[str, bool]] = {}
    for row in Milestone.objects.filter(goal_id__in=goal_ids):
        found.setdefault(row.goal_id, {})[_name(row.words)] = True
    return found


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
