"""Being sure that a call is dead before closing it, although clocks jump.

Silence is judged by instants that people would record, and those can leap (a machine that slept, a corrected clock, a
test). A living browser reports every few seconds, so a call is closed only when the same last moment was seen
twice, at least SURE seconds of the monotonic clock apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

SURE = 10.0


@dataclass(frozen=True)
class Doubt:
    """When (monotonic seconds) a call was first found silent, and the last moment that anybody was seen in it."""

    last_seen: datetime
    since: float


def weigh(silent: Mapping[UUID, datetime], doubts: Mapping[UUID, Doubt], monotonic: float) -> dict[UUID, Doubt]:
    """The doubts to keep: older ones about the same moment stay, new ones begin now, all others are forgotten."""
    return {
        call_id: doubts[call_id]
        if call_id in doubts and doubts[call_id].last_seen == last_seen
        else Doubt(last_seen, monotonic)
        for call_id, last_seen in silent.items()
    }


def certain(doubt: Doubt, monotonic: float) -> bool:
    return monotonic - doubt.since >= SURE
