"""The mails that this room words, in templates/meetings/notices/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.obeyed import Obeyed
from throughline.agreements.domain.terms import Schedule
from throughline.meetings.models import Meeting
from throughline.notices.domain.kinds import NoticeKind

OBEYED = (
    Obeyed(
        "meetings",
        tuple(f"schedule.{field.name}" for field in fields(Schedule)),
        _("Your meetings are planned by this, and planned anew when you sign another schedule. Those that were held "
          "stay; holidays are left out, and after the last date nothing is planned."),
    ),
    Obeyed("meetings", ("channels.planned",), _("A meeting's page offers the first way and names the fallback.")),
    Obeyed("meetings", ("preparation.items",), _("Your next meeting says what each of you has ready, and by when.")),
)  # fmt: skip
"""The signed terms that this room acts on."""

SOON = "meetings.soon"


def _planned(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises DoesNotExist when the meeting is off meanwhile, and then nothing is sent."""
    standing = Meeting.objects.filter(cancellation__isnull=True, withdrawal__isnull=True)
    return {"start": standing.get(pk=ids["meeting_id"]).start}


NOTICES = [NoticeKind(SOON, "meetings/notices/soon.txt", agreed=True, urgent=True, values=_planned)]
