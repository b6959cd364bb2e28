"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from throughline.foundation.environment import ENV
from throughline.foundation.rights.holdings import Erasure, ExportFile, Holding, Sharing
from throughline.meetings.domain.calendars import Event, calendar
from throughline.meetings.models import Meeting
from throughline.relationships.queries import members_by_relationship

PLANNED = _("When you planned to meet, and whether you did, is as much the others' record as yours.")

TALK = _("It belongs to the talk that you had together.")


def meetings_as_calendar(sharing: Sharing) -> Iterable[ExportFile]:
    """All meetings, past and to come, in one calendar that any program for calendars opens."""
    members = members_by_relationship(sharing.relationship_ids)
    events = [
        Event(
            uid=f"{meeting.pk}@throughline",
            start=meeting.start,
            end=meeting.end,
            stamp=meeting.planned_at,
            title=", ".join(
                member.called for member in members[meeting.relationship_id] if member.person_id != sharing.person_id
            ),
            cancelled=any(hasattr(meeting, state) for state in ("cancellation", "withdrawal", "skip")),
            url=f"{ENV.base_url}/meetings/{meeting.pk}/",
        )
        for meeting in _meetings_in(sharing)
    ]
    if events:
        yield ExportFile("calendar/meetings.ics", calendar(events).encode())


def _meetings_in(sharing: Sharing) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(relationship_id__in=sharing.relationship_ids)
    return rows.select_related("cancellation", "withdrawal", "skip").order_by("start", "pk")


HOLDINGS = [
    Holding("meetings.Series", _("Series of meetings"), Erasure.JOINT, PLANNED, shared_by="relationship"),
    Holding(
        "meetings.Meeting", _("Meetings"), Erasure.JOINT, PLANNED, shared_by="relationship", files=meetings_as_calendar
    ),
    Holding("meetings.Move", _("Moved meetings"), Erasure.JOINT, PLANNED, owner=("by",), shared_by="relationship"),
    Holding(
        "meetings.Cancellation", _("Cancelled meetings"), Erasure.JOINT, PLANNED,
        owner=("by",), shared_by="relationship",
    ),
    Holding(
        "meetings.ChangeRequest", _("What you asked each other about meetings"), Erasure.JOINT, PLANNED,
        owner=("by",), shared_by="relationship",
    ),
    Holding(
        "meetings.ChangeAnswer", _("What you answered to that"), Erasure.JOINT, PLANNED,
        owner=("person",), shared_by="request__relationship",
    ),
    Holding(
        "meetings.ChangeEnd", _("How that ended"), Erasure.JOINT, PLANNED,
        named=("by",), shared_by="request__relationship",
    ),
    Holding(
        "meetings.OutsideRoom", _("Links to rooms elsewhere"), Erasure.JOINT, PLANNED,
        owner=("by",), named=("ended_by",), shared_by="relationship",
    ),
    Holding("meetings.OutsideJoin", _("When you went to meet elsewhere"), Erasure.AUTHORED, PLANNED, owner=("person",)),
    Holding(
        "meetings.SelfReport", _("Meetings elsewhere, as one of you said"), Erasure.JOINT, PLANNED,
        owner=("by",), shared_by="relationship",
    ),
    Holding(
        "meetings.SelfReportAnswer", _("Whether the other confirmed that"), Erasure.JOINT, PLANNED,
        owner=("by",), shared_by="report__relationship",
    ),
    Holding(
        "meetings.Settlement", _("What became of meetings"), Erasure.JOINT, PLANNED,
        shared_by="meeting__relationship",
    ),
    Holding(
        "meetings.AgendaItem", _("What you wanted to talk about"), Erasure.JOINT, TALK,
        owner=("by",), shared_by="relationship",
    ),
    Holding(
        "meetings.AgendaEnd", _("What was talked about"), Erasure.JOINT, TALK,
        owner=("by",), shared_by="item__relationship",
    ),
    Holding(
        "meetings.Notes", _("Notes of meetings"), Erasure.JOINT, TALK, owner=("by",), shared_by="relationship",
    ),
    Holding(
        "meetings.Preparation", _("What you had ready for meetings"), Erasure.JOINT, TALK,
        owner=("person",), shared_by="relationship",
    ),
    Holding("meetings.Attendance", _("When you came to meetings"), Erasure.AUTHORED, PLANNED, owner=("person",)),
]  # fmt: skip
