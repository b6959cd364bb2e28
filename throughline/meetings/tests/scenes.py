"""What tests of meetings and practices begin with: a signed schedule, and time that two people spend in a call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import time_machine

from throughline.agreements.domain.canonical import canonical, digest
from throughline.agreements.domain.plain import to_plain
from throughline.agreements.domain.terms import (
    Cadence,
    Channel,
    Channels,
    Confidentiality,
    Mode,
    Objective,
    Objectives,
    Preparation,
    PreparationItem,
    Responses,
    ResponseTime,
    Review,
    Schedule,
    Terms,
    Unit,
    Ways,
    Who,
)
from throughline.agreements.models import Agreement, Version
from throughline.agreements.signals import agreement_signed
from throughline.calls.actions import enter_call, leave_call, report_media
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.meetings.actions import join_meeting

FIRST = datetime(2026, 10, 1, 9, tzinfo=UTC)
TUESDAYS = Schedule(Cadence.WEEKLY, 1, None, time(18), "Europe/Berlin", 50, date(2026, 10, 1), None)
_WAYS = Ways((Channel.VIDEO,), Channel.PHONE)


def terms_with(schedule: Schedule) -> Terms:
    return Terms(
        objectives=Objectives((Objective("Write the thesis", "It is handed in"),)),
        schedule=schedule,
        channels=Channels(_WAYS, _WAYS),
        responses=Responses(ResponseTime(2, Unit.DAYS), ResponseTime(2, Unit.DAYS)),
        preparation=Preparation((PreparationItem("Topics", Who.MENTEE, 24),)),
        confidentiality=Confidentiality(Mode.PRIVATE, "Family", "Nobody"),
        review=Review(date(2026, 11, 1), 180),
    )


def sign(pair, schedule: Schedule = TUESDAYS) -> Version:
    """Both have signed this schedule, now."""
    agreement, _made = Agreement.objects.get_or_create(relationship=pair)
    content = canonical({"terms": to_plain(terms_with(schedule)), "salt": str(new_id())})
    version = Version.objects.create(
        agreement=agreement,
        relationship=pair,
        number=Version.objects.filter(agreement=agreement).count() + 1,
        content=content,
        digest=digest(content),
        made_by=pair.memberships.first().person,
        in_force_at=clock.now(),
    )
    agreement_signed.send(Version, relationship_id=pair.pk, version_id=version.pk)
    return version


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
