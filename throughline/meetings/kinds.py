"""The mails that this room words, in templates/meetings/notices/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from throughline.meetings.models import Meeting
from throughline.notices.domain.kinds import NoticeKind

SOON = "meetings.soon"


def _planned(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises DoesNotExist when the meeting is off meanwhile, and then nothing is sent."""
    standing = Meeting.objects.filter(cancellation__isnull=True, withdrawal__isnull=True)
    return {"start": standing.get(pk=ids["meeting_id"]).start}


NOTICES = [NoticeKind(SOON, "meetings/notices/soon.txt", agreed=True, urgent=True, values=_planned)]
