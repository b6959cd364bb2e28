"""What a list shows of a goal: its measure and where it stands, small enough to be kept with the goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from throughline.goals.domain.forecast import Observation
from throughline.goals.domain.measure import Kind, Levels, Number


@dataclass(frozen=True)
class Step:
    """A milestone, as it stands. number: its place, from 1. done_on: None while it is open.

    done_by: who recorded it."""

    number: int
    words: str
    due: date | None
    first_due: date | None
    done_on: date | None
    done_by: UUID | str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Picture:
    """value: the newest number or level, or how many milestones are done. share: of the way, None without a value.

    said: the words of the level. next_words, next_due: the open milestone that is due first. waiting: levels that not
    everybody has agreed to.
    """

    kind: Kind = Kind.NONE
    unit: str = ""
    baseline: float = 0.0
    target: float = 0.0
    weight: int = 1
    value: float | None = None
    share: float | None = None
    said: str = ""
    next_words: str = ""
    next_due: date | None = None
    waiting: bool = False

    @property
    def measured(self) -> bool:
        """Whether it is said how it shows that the goal is reached. Levels count once all have agreed."""
        return self.kind is not Kind.NONE

    def to_plain(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["next_due"] = self.next_due.isoformat() if self.next_due else None
        return {name: value for name, value in plain.items() if value != _EMPTY[name]}


_EMPTY = asdict(Picture())


def read_picture(plain: Mapping[str, Any]) -> Picture:
    """What to_plain wrote."""
    values = dict(plain)
    values["kind"] = Kind(values.get("kind", Kind.NONE))
    values.pop("spark", None)  # release 0.1.0 kept the way of the points with it
    if values.get("next_due"):
        values["next_due"] = date.fromisoformat(values["next_due"])
    return Picture(**values)


def paint(
    measure: Number | Levels | None, kind: Kind, points: Sequence[Observation], steps: Sequence[Step], waiting: bool
) -> Picture:
    """points: of the count in force, by day."""
    plain = Picture(kind=kind, waiting=waiting)
    if kind is Kind.MILESTONES:
        return _of_steps(plain, steps)
    last = points[-1].value if points else None
    if isinstance(measure, Number):
        value = measure.baseline if last is None else last
        return replace(
            plain, unit=measure.unit, baseline=measure.baseline, target=measure.target, value=last,
            share=measure.share(value),
        )  # fmt: skip
    if isinstance(measure, Levels):
        level = measure.baseline if last is None else round(last)
        return replace(
            plain, weight=measure.weight, baseline=measure.baseline, value=last, share=measure.share(level),
            said=measure.said(level),
        )  # fmt: skip
    return plain


def _of_steps(plain: Picture, steps: Sequence[Step]) -> Picture:
    done = observed_steps(steps)
    ahead = sorted((step for step in steps if step.done_on is None), key=_due_first)
    coming = ahead[0] if ahead else None
    return replace(
        plain,
        target=float(len(steps)),
        value=float(len(done)),
        share=len(done) / len(steps) if steps else None,
        next_words=coming.words if coming else "",
        next_due=coming.due if coming else None,
    )


def observed_steps(steps: Sequence[Step]) -> list[Observation]:
    """How many were done, on each day on which one was."""
    done = sorted(((step.done_on, step.done_by) for step in steps if step.done_on), key=lambda one: one[0])
    return [Observation(day, float(number), by) for number, (day, by) in enumerate(done, 1)]


def _due_first(step: Step) -> tuple[bool, date, int]:
    return (step.due is None, step.due or date.max, step.number)
