"""What meetings do by themselves."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from throughline.foundation.jobs.registry import job, scheduled
from throughline.meetings.actions import (
    AHEAD,
    ask_for_preparation,
    close_late_request,
    remind_of_meeting,
    settle_meeting,
    tell_of_shift,
    top_up,
)
from throughline.meetings.actions.in_calendars import keep_in_calendars
from throughline.meetings.queries import (
    late_requests,
    meetings_to_prepare,
    meetings_to_remind_of,
    meetings_to_settle,
    relationships_to_top_up,
    shifts_to_tell,
)


@scheduled("meetings.top_up", every=timedelta(hours=1))
def top_up_all() -> None:
    for relationship_id in relationships_to_top_up(AHEAD):
        top_up(relationship_id=relationship_id)


@scheduled("meetings.settle", every=timedelta(minutes=10))
def settle_all() -> None:
    for meeting_id in meetings_to_settle():
        settle_meeting(meeting_id=meeting_id)
    for request_id in late_requests():
        close_late_request(request_id=request_id)


@scheduled("meetings.prepare", every=timedelta(minutes=30))
def ask_for_preparations() -> None:
    for meeting_id in meetings_to_prepare():
        ask_for_preparation(meeting_id=meeting_id)


@scheduled("meetings.remind", every=timedelta(minutes=5))
def remind_all() -> None:
    for meeting_id in meetings_to_remind_of():
        remind_of_meeting(meeting_id=meeting_id)


@job("meetings.in_calendars")
def in_calendars(relationship_id: str) -> None:
    keep_in_calendars(relationship_id=UUID(relationship_id))


@scheduled("meetings.tell_of_shifts", every=timedelta(hours=6))
def tell_of_shifts() -> None:
    for meeting_id in shifts_to_tell():
        tell_of_shift(meeting_id=meeting_id)
