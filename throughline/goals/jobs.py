"""What goals do by themselves."""

from __future__ import annotations

from datetime import timedelta

from throughline.foundation.jobs.registry import scheduled
from throughline.goals.actions import ask_who_wants


@scheduled("goals.ask", every=timedelta(hours=1))
def ask() -> None:
    ask_who_wants()
