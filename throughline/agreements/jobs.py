"""What agreements do by themselves."""

from __future__ import annotations

from datetime import timedelta

from throughline.agreements.actions import write_modes_down
from throughline.foundation.jobs.registry import scheduled


@scheduled("agreements.modes", every=timedelta(hours=6))
def modes() -> None:
    write_modes_down()
