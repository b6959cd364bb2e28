"""What tests of meetings and practices begin with: a signed schedule, and time that two people spend in a call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import time_machine

from throughline.agreements.actions import save_part
from throughline.agreements.domain.terms import Cadence, Schedule
from throughline.agreements.queries.draft import draft_of
from throughline.agreements.tests import conftest as agreement
from throughline.calls.actions import enter_call, leave_call, report_media
from throughline.meetings.actions import join_meeting
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

if TYPE_CHECKING:
    from throughline.agreements.models import Version

FIRST = datetime(2026, 10, 1, 9, tzinfo=UTC)
TUESDAYS = Schedule(Cadence.WEEKLY, 1, None, time(18), "Europe/Berlin", 50, date(2026, 10, 1), None)


def begin(mentor, mentee):
    """A pair that has been one since before everything that these tests let happen."""
    with time_machine.travel(FIRST - timedelta(days=1), tick=False):
        relationship = begin_relationship(by=mentor, role=Role.MENTOR)
        join_relationship(relationship=relationship, by=mentee, role=Role.MENTEE)
    return relationship


def sign(pair, schedule: Schedule = TUESDAYS) -> Version:
    """Both have signed an agreement with this schedule, now."""
    people = [membership.person for membership in pair.memberships.all()]
    for part in (schedule, *(part for part in agreement.SIX if not isinstance(part, Schedule))):
        saved = next((saved for saved in draft_of(pair.pk).values() if type(saved.part) is type(part)), None)
        save_part(by=people[0], relationship=pair, part=part, stamp=saved.stamp if saved else 0)
    signed = [agreement.sign(person, pair) for person in people]
    assert signed[-1].in_force
    return signed[-1].version


def talk(pair, meeting, people: Iterable, *, late: float = 0, minutes: float = 30, cameras: bool = True) -> None:
    """These people join the meeting's call `late` minutes after its start, and leave together.

    Their browsers report every few seconds; here one report stands for the whole stretch.
    """
    people = list(people)
    start = meeting.start + timedelta(minutes=late)
    with time_machine.travel(start, tick=False):
        call = join_meeting(meeting=meeting, relationship=pair, by=people[0])
        for person in people:
            enter_call(call_id=call.pk, by_id=person.pk, connection=str(person.pk))
    with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
        for person in people:
            others = [other for other in people if other != person]
            message = media_report(person, others, cameras)
            report_media(call_id=call.pk, by_id=person.pk, connection=str(person.pk), message=message, gap=5.0)
        for person in people:
            leave_call(call_id=call.pk, by_id=person.pk)


def media_report(person, others, cameras: bool) -> dict:
    """What a browser says when voice goes both ways, and pictures too when the cameras are on."""
    media = {"voice": 250, "video": 150 if cameras else 0}
    return {"seat": str(person.pk), "sent": media, "received": [{"from": str(o.pk), **media} for o in others]}
