"""Making a backup while people work: a snapshot, written sealed, read again, and only then given its name."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fcntl import LOCK_EX, LOCK_NB, flock
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection

from throughline.config.backups import rows, tombstones
from throughline.config.backups.archive import HEAD, MANIFEST, Packer, as_json, packing
from throughline.config.backups.contents import FORMAT, Hashed, fingerprint, verify
from throughline.config.backups.databases import applied_in, models_at, snapshot
from throughline.config.backups.faults import BackupError
from throughline.config.backups.files import link_files, linked_and_stored
from throughline.config.backups.locks import FileKey, Lock
from throughline.foundation import clock
from throughline.foundation.encryption.installation import installation_key, secret_file
from throughline.foundation.environment import ENV
from throughline.foundation.files.store import FilesError

PREFIX, SUFFIX = "throughline-", ".backup"
OLD_DRAFT = timedelta(days=2)
PART = 1 << 20  # bytes of a table's rows in one member, more or less


@dataclass(frozen=True)
class Made:
    """A backup that was read again after it was written. size in bytes; rows and files that it holds."""

    path: Path
    size: int
    rows: int
    files: int


def make_backup(folder: Path, locks: Sequence[Lock], *, with_keys: bool, keep: int = 0) -> Made:
    """Write one into `folder`, verify it, then take away all but the newest `keep` (0: none). Raises BackupError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _one_at_a_time() as working:
        at = clock.now()
        _sweep(folder, at)
        path = _free_name(folder, at)
        draft = path.with_name(f".{path.name}.making")
        try:
            with draft.open("wb") as out:
                os.chmod(draft, 0o600)
                file_key = _write(out, locks, at, working, with_keys=with_keys)
                out.flush()
                os.fsync(out.fileno())
                os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # so that the disk is read, not memory
            opened = verify(draft, FileKey(file_key))
            tombstones.write_beside(folder)
            draft.rename(path)
            _flush(folder)
        except FilesError:
            raise
        except OSError as error:
            raise BackupError(f"The backup cannot be written to {folder}: {error.strerror or error}.") from error
        finally:
            draft.unlink(missing_ok=True)
    _prune(folder, keep)
    held = sum(each["count"] for each in opened.manifest["tables"].values())
    return Made(path, path.stat().st_size, held, opened.manifest["files"]["count"])


def made_in(folder: Path) -> list[Path]:
    """Backups in a folder, the newest first."""
    return sorted(folder.glob(f"{PREFIX}[0-9]*{SUFFIX}"), reverse=True)


def keys_here() -> dict[str, bytes]:
    """The keys of this installation by the name of their file."""
    return {"installation.key": installation_key(), "django.key": secret_file("django.key")}


def _write(out: Any, locks: Sequence[Lock], at: datetime, working: Path, *, with_keys: bool) -> bytes:
    linked = working / "linked"
    link_files(linked)
    (working / "database").mkdir()
    with snapshot(working / "database") as alias, packing(out, locks) as packer:
        link_files(linked)  # what came between; and what went meanwhile is still there from before
        applied = applied_in(alias)
        tables = rows.tables_in(models_at(alias, applied))
        packer.add(HEAD, as_json(_head(applied, tables, at, with_keys=with_keys)))
        told = {table.name: _pack_table(packer, table, alias) for table in tables}
        files = rows.Tally()
        for name, content in keys_here().items() if with_keys else ():
            _pack_file(packer, f"keys/{name}", io.BytesIO(content), len(content), files)
        for name, size, stream in linked_and_stored(linked):
            _pack_file(packer, name, stream, size, files)
        packer.add(MANIFEST, as_json({"tables": told, "files": files.told()}))
    return packer.file_key


def _head(applied: Any, tables: list[rows.Table], at: datetime, *, with_keys: bool) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "throughline": program_version(),
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "demonstration": ENV.demo,
        "keys": "inside" if with_keys else "apart",
        "key": fingerprint(installation_key()),
        "migrations": applied,
        "tables": {table.name: table.columns for table in tables},
    }


def _pack_table(packer: Packer, table: rows.Table, alias: str) -> dict[str, int | str]:
    tally, part, number = rows.Tally(), bytearray(), 0
    for line in rows.lines_of(table, alias):
        tally.add(line)
        part += line + b"\n"
        if len(part) >= PART:
            packer.add(f"tables/{table.name}/{number:06}.jsonl", bytes(part))
            part, number = bytearray(), number + 1
    if part:
        packer.add(f"tables/{table.name}/{number:06}.jsonl", bytes(part))
    return tally.told()


def _pack_file(packer: Packer, name: str, stream: Any, size: int, files: rows.Tally) -> None:
    hashed = Hashed(stream)
    packer.add_stream(name, size, hashed)  # type: ignore[arg-type]  # tar only reads
    files.add(hashed.line(name))


@contextmanager
def _one_at_a_time() -> Iterator[Path]:
    """A folder to work in, on the disk of the data folder. Raises BackupError while another backup is made."""
    working = ENV.data / "backing-up"
    with (ENV.data / "backup.lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise BackupError("Another backup is being made just now.") from None
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir(mode=0o700)
        try:
            yield working
        finally:
            shutil.rmtree(working, ignore_errors=True)


def _free_name(folder: Path, at: datetime) -> Path:
    """By its second; names in their order are backups in theirs."""
    names = (f"{PREFIX}{at.astimezone(UTC) + timedelta(seconds=n):%Y%m%dT%H%M%SZ}{SUFFIX}" for n in count())
    return next(folder / name for name in names if not (folder / name).exists())


def _sweep(folder: Path, now: datetime) -> None:
    """Drafts of backups that were killed days ago; a younger one may be another installation's that is at work."""
    for draft in folder.glob(f".{PREFIX}*.making"):
        if now.timestamp() - draft.stat().st_mtime > OLD_DRAFT.total_seconds():
            draft.unlink(missing_ok=True)


def _prune(folder: Path, keep: int) -> None:
    if keep:
        for path in made_in(folder)[keep:]:
            path.unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def program_version() -> str:
    try:
        return version("throughline")
    except PackageNotFoundError:  # run from its source
        return "from source"


def write_keys(path: Path, locks: Sequence[Lock]) -> None:
    """The keys alone, sealed, in a file of their own that does not exist yet. Raises BackupError."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    files = rows.Tally()
    with os.fdopen(descriptor, "wb") as out, packing(out, locks) as packer:
        packer.add(HEAD, as_json(_head((), [], clock.now(), with_keys=True)))
        for name, content in keys_here().items():
            _pack_file(packer, f"keys/{name}", io.BytesIO(content), len(content), files)
        packer.add(MANIFEST, as_json({"tables": {}, "files": files.told()}))
        out.flush()
        os.fsync(out.fileno())
