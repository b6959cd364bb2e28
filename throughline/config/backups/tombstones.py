"""Who was erased stays erased, and what was deleted stays deleted, whichever backup is restored.

The database holds the ids of erased accounts and of destroyed relationships, ids alone. They are written into the data
folder and beside the backups as well, since a restored database knows only those from before its backup. Each line is
vouched for by the installation's key: whoever can write into the folder of backups cannot have anything erased.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.db import DatabaseError, connection

from throughline.accounts.actions import erase_again
from throughline.accounts.queries import erased_ids
from throughline.config.backups.faults import BackupError
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV
from throughline.relationships.actions import destroy_again
from throughline.relationships.queries import destroyed_ids

NAME = "throughline-erased.txt"


@dataclass(frozen=True)
class Kind:
    """word: before the id on a line of the file. table, noted: where the database holds them. again: what is done to
    those that came back; returns how many. told: what an operator reads of that."""

    word: str
    table: str
    noted: Callable[[], list[UUID]]
    again: Callable[[set[UUID]], int]
    told: str


KINDS = (
    Kind(
        "", "accounts_erased", erased_ids, erase_again,
        "Accounts that were erased after this backup and came back with it: {}. They are shut, and erased again soon.",
    ),
    Kind(
        "relationship ", "relationships_destroyed", destroyed_ids, destroy_again,
        "Relationships that were deleted after this backup and came back with it: {}. They are deleted again.",
    ),
)  # fmt: skip
Gone = frozenset[tuple[str, UUID]]
"""Ids, each with the word of its kind."""


def write_beside(folder: Path) -> None:
    """Into a folder, whole or not at all; nothing when it says so already, or when nothing was erased."""
    key = installation_key()
    text = "".join(f"{word}{each} {_seal(key, word, each)}\n" for word, each in _noted())
    path = folder / NAME
    if not text or (path.exists() and path.read_text() == text):
        return
    draft = folder / f".{NAME}.{uuid4().hex}"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)


def gone_here() -> Gone:
    """Those of the database that a restore is about to replace, as far as it can still be read."""
    with suppress(DatabaseError):
        return frozenset(_noted())
    return frozenset()


def gone_beside(backup: Path, key: bytes) -> Gone:
    """Those noted in the data folder and beside a backup. key: the installation's, of that backup."""
    return frozenset(each for folder in (ENV.data, backup.parent) for each in _read(folder / NAME, key))


def gone_again(gone: Gone) -> list[str]:
    """In the database that was just restored. Returns what an operator should know of it."""
    counts = [(kind, kind.again({each for word, each in gone if word == kind.word})) for kind in KINDS]
    return [kind.told.format(count) for kind, count in counts if count]


def _noted() -> list[tuple[str, UUID]]:
    """Nothing in a database that an earlier release left: a backup of it is made before it is upgraded."""
    tables = connection.introspection.table_names()
    return [(kind.word, each) for kind in KINDS if kind.table in tables for each in kind.noted()]


def _read(path: Path, key: bytes) -> Iterator[tuple[str, UUID]]:
    try:
        lines = path.read_text(errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        name, _, seal = line.rpartition(" ")
        word = name[: name.rfind(" ") + 1]
        with suppress(ValueError):
            each = UUID(name.removeprefix(word))
            if hmac.compare_digest(_seal(key, word, each).encode(), seal.encode()):
                yield word, each


def _seal(key: bytes, word: str, each: UUID) -> str:
    return hmac.digest(key, f"throughline erased {word}".encode() + each.bytes, "sha256")[:16].hex()
