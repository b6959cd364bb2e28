"""Backups by themselves, when BACKUP_TO and BACKUP_EVERY are set: in a process of its own, to keep memory flat."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

from throughline.config.backups.records import is_due, note_fault
from throughline.foundation import clock
from throughline.foundation.jobs.registry import scheduled

LONGEST = timedelta(hours=12)


@scheduled("backups.make", every=timedelta(minutes=5))
def make() -> None:
    if not is_due(clock.now()):
        return
    command = [sys.executable, "-m", "throughline.config.command", "backup", "--scheduled"]
    try:
        subprocess.run(  # noqa: S603  ourselves
            command, stdin=subprocess.DEVNULL, check=False, timeout=LONGEST.total_seconds()
        )
    except subprocess.TimeoutExpired:
        note_fault(f"It took longer than {LONGEST}.")
