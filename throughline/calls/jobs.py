"""Closing calls that nobody closed: both tabs shut, a line lost for good, the server killed in mid-call."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from throughline.calls.actions import close_quiet_calls
from throughline.calls.domain.doubts import Doubt
from throughline.foundation.jobs.registry import scheduled

# Of this worker process alone: a worker that starts anew has to become sure again.
_doubts: dict[UUID, Doubt] = {}


@scheduled("calls.sweep", every=timedelta(seconds=15))
def sweep() -> None:
    kept = close_quiet_calls(doubts=_doubts)
    _doubts.clear()
    _doubts.update(kept)
