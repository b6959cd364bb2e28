"""Noting what came of a backup, and reading when the last one was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError

from throughline.config.backups.models import Backup
from throughline.foundation import clock
from throughline.foundation.environment import ENV

KEPT = 200  # rows
RETRY = timedelta(hours=1)


def note_made(path: Path, size: int, rows: int) -> None:
    _note(Backup(path=str(path)[:500], size=size, rows=rows))


def note_fault(sentence: str) -> None:
    _note(Backup(fault=sentence[:500]))


def _note(backup: Backup) -> None:
    with suppress(DatabaseError):  # not migrated yet, or gone: the backup itself matters more
        backup.save(force_insert=True)
        old = Backup.objects.order_by("-at").values_list("pk", flat=True)[KEPT:]
        Backup.objects.filter(pk__in=[*old]).delete()


def last_made() -> Backup | None:
    return Backup.objects.filter(fault="").order_by("-at").first()


def is_due(now: datetime) -> bool:
    """Whether the schedule asks for one: the last good one is too old, and the last try was not just now."""
    if not (ENV.backup_to and ENV.backup_every):
        return False
    made, tried = last_made(), Backup.objects.order_by("-at").first()
    if tried and tried.fault and now - tried.at < min(RETRY, ENV.backup_every):
        return False
    return made is None or now - made.at >= ENV.backup_every


def findings() -> Iterator[tuple[str, bool]]:
    """Sentences for `check`, each with whether it is to be mended."""
    made, tried = last_made(), Backup.objects.order_by("-at").first()
    if tried and tried.fault:
        again = " It is tried again within the hour." if ENV.backup_to and ENV.backup_every else ""
        yield f"The last backup, at {_told(tried.at)}, failed: {tried.fault}{again}", True
    if made is None:
        yield "No backup was ever made: `throughline backup`, or set BACKUP_TO and BACKUP_EVERY.", bool(ENV.backup_to)
        return
    if ENV.backup_to and same_disk(Path(ENV.backup_to)):
        yield "BACKUP_TO is on the disk of the data folder: if that disk goes, both go. Copy backups elsewhere.", False
    if ENV.backup_every and clock.now() - made.at > 2 * ENV.backup_every:
        yield (
            f"The newest good backup is of {_told(made.at)} ({made.path}): older than twice what BACKUP_EVERY asks "
            "for. Make one by `throughline backup`, and see that a worker runs.",
            True,
        )
    else:
        yield f"The last good backup was made at {_told(made.at)}, and verified: {made.path}.", False


def same_disk(folder: Path) -> bool:
    return folder.exists() and folder.stat().st_dev == ENV.data.stat().st_dev


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
