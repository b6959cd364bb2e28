"""What changed of a meeting since it was planned, by whom and why: told as it was, without a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from throughline.meetings.models import Cancellation, Meeting, Move, Skip

if TYPE_CHECKING:
    from throughline.relationships.queries import Member


@dataclass(frozen=True)
class Change:
    """before: the start it had. to: the one it got; None where it was left out together (skipped) or called off."""

    at: datetime
    called: str
    before: datetime
    to: datetime | None
    skipped: bool
    reason: str


def changes_of(meeting: Meeting, members: Iterable[Member]) -> list[Change]:
    """The first one first. Three queries."""
    called = {member.person_id: member.called for member in members}
    found = [
        Change(move.at, called.get(move.by_id, ""), move.before, move.after, False, move.reason)
        for move in Move.objects.filter(meeting=meeting)
    ]
    for skip in Skip.objects.filter(meeting=meeting).select_related("request"):
        asked = skip.request
        found.append(Change(asked.at, called.get(asked.by_id, ""), asked.before, None, True, asked.reason))
    for off in Cancellation.objects.filter(meeting=meeting):
        found.append(Change(off.at, called.get(off.by_id, ""), meeting.start, None, False, off.reason))
    return sorted(found, key=lambda change: change.at)
