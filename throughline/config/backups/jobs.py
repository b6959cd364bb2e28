"""Backups by themselves, when BACKUP_TO and BACKUP_EVERY are set: in a process of its own, to keep memory flat."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from throughline.config.backups import claiming, tombstones
from throughline.config.backups.records import is_due, note_fault
from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.files import sweeping
from throughline.foundation.jobs.registry import scheduled

logger = logging.getLogger(__name__)
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


@scheduled("backups.note_erased", every=timedelta(minutes=5))
def note_erased() -> None:
    """So that a backup from before an erasure finds the note of it, also when this database is gone."""
    for folder in [ENV.data, *([Path(ENV.backup_to)] if ENV.backup_to else [])]:
        if folder.is_dir():
            tombstones.write_beside(folder)


@scheduled("backups.sweep_files", every=timedelta(hours=24))
def sweep_files() -> None:
    """Files that no row names; from the store of FILES_URL by the data folder that claimed it (claiming.py)."""
    if claiming.may_sweep() and (number := sweeping.sweep_files(clock.now())):
        logger.info("%d files that no row named were removed", number)
