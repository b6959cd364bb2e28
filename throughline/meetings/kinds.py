"""The mails that this room words, in templates/meetings/notices/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from throughline.accounts.queries import people_by_id
from throughline.agreements.domain.obeyed import Obeyed
from throughline.agreements.domain.terms import Schedule
from throughline.meetings.models import ChangeRequest, Meeting, SelfReport
from throughline.notices.domain.kinds import NoticeKind
from throughline.notices.domain.topics import Topic

OBEYED = (
    Obeyed(
        "meetings",
        tuple(f"schedule.{field.name}" for field in fields(Schedule)),
        _("Your meetings are planned by this, and planned anew when you sign another schedule. Those that were held "
          "stay; holidays are left out, and after the last date nothing is planned."),
    ),
    Obeyed("meetings", ("channels.planned",), _("A meeting's page offers the first way and names the fallback.")),
    Obeyed(
        "meetings",
        ("preparation.items",),
        _("A meeting's page says what each of you has ready, and by when; whoever is meant is reminded a day before."),
    ),
)  # fmt: skip
"""The signed terms that this room acts on."""

SOON = "meetings.soon"
PREPARE = "meetings.prepare"
ASKED, ANSWERED, WITHDRAWN = "meetings.asked", "meetings.answered", "meetings.withdrawn"
CALLED_OFF, FELL_AWAY, NO_ROOM = "meetings.called_off", "meetings.fell_away", "meetings.no_room"
REPORTED, SHIFT = "meetings.reported", "meetings.shift"
NOT_POSSIBLE = "meetings.not_possible"
REQUEST = "meetings.ChangeRequest"


def _planned(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises DoesNotExist when the meeting is off meanwhile, and then nothing is sent."""
    standing = Meeting.objects.filter(cancellation__isnull=True, withdrawal__isnull=True, skip__isnull=True)
    return {"start": standing.get(pk=ids["meeting_id"]).start}


def _gone(ids: Mapping[str, str]) -> dict[str, Any]:
    """Of a meeting that is off: when it would have been."""
    return {"start": Meeting.objects.get(pk=ids["meeting_id"]).start, **_person(ids)}


def _person(ids: Mapping[str, str]) -> dict[str, Any]:
    by = ids.get("by_id")
    return {"person": people_by_id([UUID(by)])[UUID(by)]} if by else {}


def _asked(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises DoesNotExist when it was taken back, or answered, before the mail went out."""
    request = ChangeRequest.objects.get(pk=ids["request_id"], end__isnull=True)
    return {"start": request.before, "to": request.to, **_person(ids)}


def _ended(ids: Mapping[str, str]) -> dict[str, Any]:
    request = ChangeRequest.objects.select_related("end").get(pk=ids["request_id"])
    return {"start": request.before, "to": request.to, "how": request.end.how, **_person(ids)}


def _said(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises DoesNotExist when it was confirmed, or said anew, before the mail went out."""
    report = SelfReport.objects.select_related("meeting").get(meeting_id=UUID(ids["meeting_id"]), answer__isnull=True)
    return {"start": report.meeting.start, **_person(ids)}


NOTICES = [
    NoticeKind(SOON, "meetings/notices/soon.txt", agreed=True, topic=Topic.MEETINGS, urgent=True, values=_planned),
    NoticeKind(PREPARE, "meetings/notices/prepare.txt", agreed=True, topic=Topic.MEETINGS, values=_planned),
    NoticeKind(ASKED, "meetings/notices/asked.txt", agreed=True, topic=Topic.MEETINGS, values=_asked),
    NoticeKind(ANSWERED, "meetings/notices/answered.txt", agreed=True, topic=Topic.MEETINGS, values=_ended),
    NoticeKind(WITHDRAWN, "meetings/notices/withdrawn.txt", agreed=True, topic=Topic.MEETINGS, values=_ended),
    NoticeKind(
        CALLED_OFF, "meetings/notices/called_off.txt", agreed=True, topic=Topic.MEETINGS, urgent=True, values=_gone
    ),
    NoticeKind(FELL_AWAY, "meetings/notices/fell_away.txt", agreed=True, topic=Topic.MEETINGS, values=_gone),
    NoticeKind(SHIFT, "meetings/notices/shift.txt", agreed=True, topic=Topic.MEETINGS, values=_planned),
    NoticeKind(REPORTED, "meetings/notices/reported.txt", agreed=True, topic=Topic.MEETINGS, values=_said),
    NoticeKind(NOT_POSSIBLE, "meetings/notices/not_possible.txt", agreed=True, topic=Topic.MEETINGS, values=_planned),
    NoticeKind(NO_ROOM, "meetings/notices/no_room.txt", agreed=True, topic=Topic.MEETINGS, values=_gone),
]
