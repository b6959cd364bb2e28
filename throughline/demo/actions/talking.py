"""Meetings and calls, told as browsers tell them: somebody enters, media flows, somebody leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from throughline.calls.actions import enter_call, leave_call, open_call, report_media
from throughline.demo.domain.story import Call, Came
from throughline.foundation import clock
from throughline.meetings.access import meeting_for
from throughline.meetings.actions import join_meeting
from throughline.meetings.queries import next_meetings_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.demo.actions.pairs import Life

LATE = timedelta(minutes=20)
SHORT = timedelta(minutes=7)
WAITED = timedelta(minutes=14)
REPORT_GAP = 5.0  # seconds of the monotonic clock between two reports of one browser


def plan_meeting(life: Life, start: datetime, how: Came) -> None:
    """Shortly before: they come, or they do not. A meeting in a pause, or called off, is nobody's to come to."""
    found = next((one for one in next_meetings_of(life.relationship_id, 8) if one.start == start), None)
    if found is None or found.in_pause or how is Came.NOBODY:
        return
    who: Sequence[Person] = {Came.MENTEE_ALONE: [life.mentee], Came.MENTOR_ALONE: [life.mentor]}.get(
        how, [life.mentee, life.mentor]
    )
    begins = start + (LATE if how is Came.SEEN_LATE else timedelta(minutes=life.dice.randint(-3, 4)))
    ends = found.end + timedelta(minutes=life.dice.randint(-6, 5))
    if how is Came.SHORT:
        ends = begins + SHORT
    if len(who) == 1:
        ends = begins + WAITED
    life.timeline.at(begins, partial(_join, life, found.meeting_id, who, ends, how is not Came.HEARD))


def _join(life: Life, meeting_id: UUID, who: Sequence[Person], ends: datetime, cameras: bool) -> None:
    meeting = meeting_for(who[0], meeting_id)
    found = join_meeting(meeting=meeting, relationship=life.relationship, by=who[0])
    _talk(life, found.pk, who, ends, cameras)


def call(life: Life, told: Call) -> None:
    who = [life.mentee, life.mentor] if told.by_mentee else [life.mentor, life.mentee]
    opened = open_call(relationship=life.relationship, by=who[0])
    _talk(life, opened.pk, who, clock.now() + timedelta(minutes=told.minutes), told.cameras)


def _talk(life: Life, call_id: UUID, who: Sequence[Person], ends: datetime, cameras: bool) -> None:
    """One report stands for the whole stretch, in which browsers would send one every few seconds."""
    for person in who:
        enter_call(call_id=call_id, by_id=person.pk, connection=str(person.pk))
    life.timeline.at(ends, partial(_leave, call_id, who, cameras))


def _leave(call_id: UUID, who: Sequence[Person], cameras: bool) -> None:
    for person in who:
        heard = _report(person, [other for other in who if other != person], cameras)
        report_media(call_id=call_id, by_id=person.pk, connection=str(person.pk), message=heard, gap=REPORT_GAP)
    for person in who:
        leave_call(call_id=call_id, by_id=person.pk)


def _report(person: Person, others: Sequence[Person], cameras: bool) -> dict[str, Any]:
    media = {"voice": 250, "video": 150 if cameras else 0}
    received = [{"from": str(other.pk), **media} for other in others]
    return {"seat": str(person.pk), "sent": media, "received": received}
