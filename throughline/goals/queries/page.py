"""One goal's own page: its words, its measure, its points with their history, its chart and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from throughline.goals.domain.drawing import Drawing, draw, thinned
from throughline.goals.domain.filed import Happened, instant_in
from throughline.goals.domain.forecast import Arrival, Forecast, Observation, arrival, forecast
from throughline.goals.domain.measure import Kind, Number
from throughline.goals.domain.picture import Step, observed_steps
from throughline.goals.models import Asking, Bringing, Closing, Correction, Goal, Link, NewDate, Point, Rewording
from throughline.goals.queries.evidence import Key, Proof, key_in, proof_of, things_behind
from throughline.goals.queries.lines import GoalLine, line_of
from throughline.goals.queries.measured import (
    Measured,
    Measures,
    counted_points,
    measures_of,
    milestones_of,
    newest_observed,
    observed,
)
from throughline.relationships.queries import Member, members_of
from throughline.relationships.things import Thing

if TYPE_CHECKING:
    from throughline.accounts.models import Person

SHOWN, EARLIER = 30, 300
_NOTHING: Key = ("", UUID(int=0))


@dataclass(frozen=True)
class Before:
    """What a point said until somebody corrected it. proof_only: nothing but what shows it was changed."""

    by: str
    at: datetime
    day: date
    value: float | None
    note: str
    proof_only: bool = False


@dataclass(frozen=True)
class PointLine:
    """counted: whether it is of the count in force. step: the words of the milestone that it finished. beside: the
    thing at which it was recorded. said_by, said_at: who recorded it when, as the file says that it came from."""

    id: UUID
    day: date
    at: datetime
    by: str
    by_id: UUID
    value: float | None
    note: str
    step: str
    proof: Proof
    beside: Thing | None
    counted: bool
    withdrawn: bool
    said_by: str
    said_at: datetime | None
    before: tuple[Before, ...]

    @property
    def corrected(self) -> int:
        """How often it came to say something else."""
        return sum(not one.proof_only for one in self.before)


@dataclass(frozen=True)
class Move:
    """A new date, of the goal or, with its words, of a milestone."""

    by: str
    at: datetime
    before: date | None
    after: date | None
    reason: str
    step: str


@dataclass(frozen=True)
class Chart:
    """What the page draws and says of the points. too_few: how many more it takes before there is a forecast."""

    drawing: Drawing
    observed: tuple[Observation, ...]
    found: Forecast | None
    arrival: Arrival | None
    too_few: int


@dataclass(frozen=True)
class GoalPage:
    """Everything that one goal's page shows. after: how many points are newer than those shown; more: how many older.
    brought, file_says: by whom it was brought in from a file, and what that says of it. asking: since when its reader
    is asked about it by mail, None where they are not."""

    line: GoalLine
    words: dict[str, str]
    members: tuple[Member, ...]
    measures: Measures
    steps: tuple[tuple[UUID, Step], ...]
    chart: Chart | None
    points: tuple[PointLine, ...]
    after: int
    more: int
    moves: tuple[Move, ...]
    rewordings: tuple[Rewording, ...]
    closings: tuple[Closing, ...]
    links: tuple[tuple[UUID, Proof], ...]
    asking: datetime | None
    brought: Bringing | None
    file_says: tuple[Happened, ...]

    def called(self, person_id: UUID | None) -> str:
        return next((member.called for member in self.members if member.person_id == person_id), "")

    def recorded_by(self, point: Observation, reader_id: UUID) -> str:
        """Who recorded a point of the chart, as its reader calls them: "" for whoever is no longer here."""
        if point.by == reader_id:
            return _("you")
        return point.by if isinstance(point.by, str) else self.called(point.by)

    @property
    def asked_to_agree(self) -> tuple[Member, ...]:
        """Who has not agreed yet to the levels that wait."""
        waiting = self.measures.waiting
        return tuple(one for one in self.members if waiting and one.person_id not in waiting.agreed)


def goal_page_of(person: Person, goal: Goal, *, after: int = 0) -> GoalPage:
    """A fixed number of queries. after: so many of the newest points are left out, and a longer page of earlier ones
    is read. Raises Http404."""
    line = line_of(person, goal.pk)
    if line is None:
        raise Http404
    members = members_of(goal.relationship_id)
    names = {member.person_id: member.called for member in members}
    measures, steps = measures_of(goal), milestones_of(goal.pk)
    rows = Point.objects.filter(goal=goal).order_by("-day", "-at", "-pk")
    size = EARLIER if after else SHOWN
    found = list(rows[after : after + size + 1])
    page = found[:size]
    more = rows.count() - after - size if len(found) > size else 0
    moves = NewDate.objects.filter(goal=goal).select_related("by", "milestone").order_by("-at")
    links = list(Link.objects.filter(goal=goal).order_by("at"))
    keys = [*(key_in(row.entry) for row in page), *(_beside(row) for row in page), *(key_in(row.what) for row in links)]
    things = things_behind(person, goal.relationship_id, keys)
    brought = Bringing.objects.filter(goal=goal).select_related("by").first()
    return GoalPage(
        line=line,
        words=goal.words,
        members=members,
        measures=measures,
        steps=tuple(steps),
        chart=_chart(goal, line, measures.in_force, [step for _key, step in steps]),
        points=tuple(_points(page, measures.in_force, names, dict(steps), things)),
        after=after,
        more=more,
        moves=tuple(_move(row, dict(steps)) for row in moves),
        rewordings=tuple(Rewording.objects.filter(goal=goal).select_related("by").order_by("-at")),
        closings=tuple(Closing.objects.filter(goal=goal).select_related("by", "undone_by").order_by("-at")),
        links=tuple((row.pk, proof_of(row.what, things)) for row in links),
        brought=brought,
        file_says=tuple(Happened(**said) for said in brought.said["history"]) if brought else (),
        asking=Asking.objects.filter(goal=goal, person=person, stopped_at__isnull=True)
        .values_list("at", flat=True)
        .first(),
    )


def _move(row: NewDate, steps: dict[UUID, Step]) -> Move:
    words = row.milestone.words if row.milestone else ""
    return Move(row.by.called, row.at, row.before, row.after, row.reason, words)


def _chart(goal: Goal, line: GoalLine, holds: Measured | None, steps: Sequence[Step]) -> Chart | None:
    """For numbers and milestones. Five written levels are steps and no scale: nothing leads on from them."""
    if holds is None or holds.kind not in (Kind.NUMBER, Kind.MILESTONES):
        return None
    if holds.kind is Kind.NUMBER:
        number = holds.content
        assert isinstance(number, Number)
        newest = newest_observed(goal, holds)
        points, baseline, target = _whole(goal, holds, newest), number.baseline, number.target
    else:
        newest = points = observed_steps(steps)
        baseline, target = 0.0, float(len(steps))
    if not points or baseline == target:
        return None
    going = line.end is None and line.pace.standing.value != "reached"
    found = forecast(newest, line.today) if going else None
    drawing = draw(
        points, begun=line.begun_on, today=line.today, baseline=baseline, target=target,
        due=line.due, first_due=line.first_due, found=found,
    )  # fmt: skip
    days = len({point.day for point in points})
    return Chart(
        drawing,
        tuple(thinned(points)),
        found,
        arrival(found, target, target > baseline) if found else None,
        max(0, 4 - days) if going else 0,
    )


def _whole(goal: Goal, holds: Measured, newest: list[Observation]) -> list[Observation]:
    """All points where they are few; of more, the newest, and of the rest so many, evenly."""
    rows = counted_points(goal.pk, holds).order_by("day", "at", "pk")
    if len(newest) < 200:
        keys: Sequence[UUID] = ()
    else:
        every = list(rows.values_list("pk", flat=True))[:-200]
        keys = every[:: max(1, len(every) // 200)]
    if not keys:
        return newest
    return observed(list(rows.filter(pk__in=keys))) + newest


def _beside(row: Point) -> Key | None:
    return (row.from_kind, row.from_id) if row.from_id else None


def _points(
    rows: Sequence[Point],
    holds: Measured | None,
    names: dict[UUID, str],
    steps: dict[UUID, Step],
    things: Mapping[Key, Thing],
) -> list[PointLine]:
    history: dict[UUID, list[Correction]] = {}
    corrected = [row.pk for row in rows if row.corrections]
    if corrected:
        for kept in Correction.objects.filter(point_id__in=corrected).order_by("-number"):
            history.setdefault(kept.point_id, []).append(kept)
    return [
        PointLine(
            id=row.pk,
            day=row.day,
            at=row.at,
            by=names.get(row.by_id, ""),
            by_id=row.by_id,
            value=row.entry.get("value"),
            note=row.entry.get("note", ""),
            step=steps[row.milestone_id].words if row.milestone_id in steps else "",
            proof=proof_of(row.entry, things),
            beside=things.get(_beside(row) or _NOTHING),
            counted=holds is None or row.entry.get("value") is None or row.count == holds.count,
            withdrawn=row.withdrawn_at is not None,
            said_by=row.entry.get("said_by", ""),
            said_at=instant_in(row.entry.get("said_at", "")),
            before=tuple(_befores(row, history.get(row.pk, ()), names)),
        )
        for row in rows
    ]


def _befores(row: Point, history: Iterable[Correction], names: dict[UUID, str]) -> Iterator[Before]:
    """history: the newest first."""
    after = _said(row.entry, row.day)
    for kept in history:
        day = date.fromisoformat(kept.before["day"])
        said = _said(kept.before, day)
        withdrawn = row.withdrawn_at is not None and kept.number == row.corrections
        by, at = kept.before.get("said_by") or names.get(kept.by_id, ""), instant_in(kept.before.get("said_at", ""))
        yield Before(by, at or kept.at, day, said[0], said[1], said == after and not withdrawn)
        after = said


def _said(plain: Mapping[str, Any], day: date) -> tuple[float | None, str, date]:
    return plain.get("value"), plain.get("note", ""), day
