"""What a browser says of the last seconds, checked: the server believes shapes, never sizes.

A report is JSON: {"seat": connection, "sent": {"voice": n, "video": n}, "received": [{"from": person, "voice": n,
"video": n}, …]}, where n counts packets or frames since the report before. Only "more than none" is used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

MOST_COUNTED = 10_000_000
MOST_PEOPLE = 16
LONGEST_GAP = 15.0


class BadReportError(ValueError):
    """The report cannot be believed; says why, without repeating what was sent."""


@dataclass(frozen=True)
class Heard:
    """The state that a report amounts to. `hears` and `sees`: ids of people whose media arrived."""

    sends_voice: bool = False
    sends_video: bool = False
    hears: frozenset[UUID] = frozenset()
    sees: frozenset[UUID] = frozenset()


def read_report(message: Mapping[str, Any], *, of: UUID, members: Collection[UUID]) -> Heard:
    """Raises BadReportError. `members`: of whom something can be received; never oneself."""
    sent = _mapping(message.get("sent"), "sent")
    received = message.get("received")
    if not isinstance(received, list) or len(received) > MOST_PEOPLE:
        raise BadReportError("received must be a short list.")
    arrived = [_arrived(entry, members) for entry in received]
    return Heard(
        sends_voice=_count(sent, "voice") > 0,
        sends_video=_count(sent, "video") > 0,
        hears=frozenset(person for person, voice, _ in arrived if voice and person != of),
        sees=frozenset(person for person, _, video in arrived if video and person != of),
    )


def credited(gap: float) -> bool:
    """Whether the time between two reports of one socket counts: `gap` in seconds of the monotonic clock."""
    return 0 <= gap <= LONGEST_GAP


def _arrived(entry: Any, members: Collection[UUID]) -> tuple[UUID, bool, bool]:
    values = _mapping(entry, "each entry of received")
    try:
        person = UUID(values["from"]) if isinstance(values.get("from"), str) else None
    except ValueError:
        person = None
    if person is None or person not in members:
        raise BadReportError("from must be somebody in this relationship.")
    return person, _count(values, "voice") > 0, _count(values, "video") > 0


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadReportError(f"{name} must be an object.")
    return value


def _count(values: Mapping[str, Any], name: str) -> int:
    value = values.get(name)
    if type(value) is not int or not 0 <= value <= MOST_COUNTED:
        raise BadReportError(f"{name} must be a whole number from 0 to {MOST_COUNTED}.")
    return value
