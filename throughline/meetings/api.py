"""Meetings for programs: what their person may see on the pages, and nothing more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime

from throughline.accounts.access import person_of_token
from throughline.foundation.api import Bearer, Fault, Pace
from throughline.meetings.access import meeting_for
from throughline.meetings.queries import Report, report_of, reports_of

SCOPE = "meetings:read"
router = Router(tags=["meetings"], auth=Bearer(SCOPE, person_of_token), throttle=[Pace()])


def _in_utc(instant: datetime) -> datetime:
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this instant is outside the years 1 to 9999") from error


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class MeetingOut(Schema):
    """A meeting. Instants in UTC; first_start is what was first agreed and never changes."""

    id: UUID
    relationship_id: UUID
    first_start: datetime
    start: datetime
    end: datetime
    state: str = Field(
        description="to come, open, over, in pause, skipped, replaced, needs another time, "
        "self-reported, held, short, one came, "
        "nobody came, cancelled early or cancelled late"
    )
    kept: bool | None = Field(description="held, and begun within 15 minutes of first_start; null until settled")
    together_seconds: int | None = Field(description="how long both sides were together; null until settled")
    started_at: datetime | None = Field(description="when both were first together")


class Meetings(Schema):
    """A page of meetings by their start, and how many there are in all."""

    count: int
    meetings: list[MeetingOut]


class Which(Schema):
    """Which meetings: of one relationship, starting in [since, until), a page of them."""

    relationship: UUID | None = None
    since: Instant | None = None
    until: Instant | None = None
    limit: int = Field(50, ge=1, le=100)
    offset: int = Field(0, ge=0, le=1_000_000)


@router.get("/meetings", response={200: Meetings, 401: Fault, 404: Fault, 422: Fault, 429: Fault})
def list_meetings(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    """The meetings of all relationships of the token's person, by their start."""
    count, found = reports_of(_person(request), **which.dict())
    return {"count": count, "meetings": found}


@router.get("/meetings/{uuid:meeting_id}", response={200: MeetingOut, 401: Fault, 404: Fault, 429: Fault})
def get_meeting(request: HttpRequest, meeting_id: UUID) -> Report:
    """One meeting of the token's person."""
    return report_of(meeting_for(_person(request), meeting_id))


def _person(request: HttpRequest) -> Any:
    return request.auth  # type: ignore[attr-defined]  # ninja sets it
