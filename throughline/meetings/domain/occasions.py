"""How calls and the ledger name a meeting: "meetings.Meeting:<uuid>"."""

from __future__ import annotations

from uuid import UUID

KIND = "meetings.Meeting"


def occasion_of(meeting_id: UUID) -> str:
    return f"{KIND}:{meeting_id}"


def meeting_of(occasion: str) -> UUID | None:
    """The meeting that an occasion names; None when it names something else."""
    kind, _, name = occasion.partition(":")
    if kind != KIND:
        return None
    try:
        return UUID(name)
    except ValueError:
        return None
