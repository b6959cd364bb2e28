"""Goals for programs: what their person may see on the pages, and a line of progress."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError

from throughline.accounts.access import person_of_token
from throughline.foundation.api import Bearer, Fault, Pace
from throughline.goals.access import goal_for
from throughline.goals.actions import FutureDayError, record_line
from throughline.goals.domain.lines import LONGEST, UnclearLineError
from throughline.goals.models import Point
from throughline.goals.queries.lines import GoalLine, going_goals_of, line_of
from throughline.relationships.queries import relationships_of

READ, WRITE = "goals:read", "goals:write"
router = Router(tags=["goals"], throttle=[Pace()])
READER, WRITER = Bearer(READ, person_of_token), Bearer(WRITE, person_of_token)


class GoalOut(Schema):
    """A goal that goes on. Days are the owner's; share: of the way; value: the newest number or level."""

    id: UUID
    relationship_id: UUID
    sentence: str
    owner_id: UUID | None
    private: bool
    begun_on: date
    due: date | None
    first_due: date | None
    last_at: datetime | None
    measure: str = Field(description="none, number, milestones or levels")
    unit: str
    baseline: float
    target: float
    value: float | None
    share: float | None
    pace: float | None = Field(description="progress divided by the share of the time that has passed")
    standing: str


class Goals(Schema):
    """The goals of all relationships of the token's person that go on, what needs a choice first."""

    count: int
    goals: list[GoalOut]


class LineIn(Schema):
    """once: an id made by you, so that sending twice is one point."""

    line: str = Field(min_length=1, max_length=LONGEST)
    day: date | None = None
    once: UUID | None = None


class PointOut(Schema):
    id: UUID
    goal_id: UUID
    day: date
    value: float | None
    note: str


@router.get("/goals", auth=READER, response={200: Goals, 401: Fault, 429: Fault})
def list_goals(request: HttpRequest) -> dict[str, Any]:
    person = _person(request)
    found = going_goals_of(person, [summary.relationship_id for summary in relationships_of(person)])
    return {"count": len(found), "goals": [_plain(line) for line in found]}


@router.get("/goals/{uuid:goal_id}", auth=READER, response={200: GoalOut, 401: Fault, 404: Fault, 429: Fault})
def get_goal(request: HttpRequest, goal_id: UUID) -> dict[str, Any]:
    """One goal, also one that has ended."""
    goal = goal_for(_person(request), goal_id)
    line = line_of(_person(request), goal.pk)
    assert line is not None, "goal_for has found it"
    return _plain(line)


@router.post(
    "/goals/{uuid:goal_id}/points",
    auth=WRITER,
    response={201: PointOut, 401: Fault, 403: Fault, 404: Fault, 422: Fault, 429: Fault},
)
def record(request: HttpRequest, goal_id: UUID, said: LineIn) -> Status[dict[str, Any]]:
    """Progress in one line, as on the pages: "42 pages", "+5", "done: 3", or words."""
    goal = goal_for(_person(request), goal_id)
    try:
        point = record_line(goal=goal, by=_person(request), line=said.line, day=said.day, once=said.once)
    except UnclearLineError as error:
        raise HttpError(422, f"This line cannot be taken: {error.why.value}.") from None
    except FutureDayError:
        raise HttpError(422, "This day has not come yet.") from None
    return Status(201, _point(point))


def _point(point: Point) -> dict[str, Any]:
    entry = point.entry
    return {
        "id": point.pk,
        "goal_id": point.goal_id,
        "day": point.day,
        "value": entry.get("value"),
        "note": entry.get("note", ""),
    }


def _plain(line: GoalLine) -> dict[str, Any]:
    picture, pace = line.picture, line.pace
    names = ("id", "relationship_id", "sentence", "owner_id", "private", "begun_on", "due", "first_due", "last_at")
    return {
        **{name: getattr(line, name) for name in names},
        "measure": picture.kind.value,
        "unit": picture.unit,
        "baseline": picture.baseline,
        "target": picture.target,
        "value": picture.value,
        "share": picture.share,
        "pace": pace.value,
        "standing": pace.standing.value,
    }


def _person(request: HttpRequest) -> Any:
    return request.auth  # type: ignore[attr-defined]  # ninja sets it
