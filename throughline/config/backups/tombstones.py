"""Who was erased stays erased, whichever backup is restored.

The database holds the ids of erased accounts, ids alone. They are written into the data folder and beside the backups
as well, since a restored database knows only those from before its backup. Each line is vouched for by the
installation's key: whoever can write into the folder of backups cannot have somebody erased.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

from django.db import DatabaseError, connection

from throughline.accounts.queries import erased_ids
from throughline.config.backups.faults import BackupError
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV

NAME = "throughline-erased.txt"


def write_beside(folder: Path) -> None:
    """Into a folder, whole or not at all; nothing when it says so already, or when nobody was erased."""
    key = installation_key()
    text = "".join(f"{each} {_seal(key, each)}\n" for each in _noted())
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


def erased_here() -> set[UUID]:
    """Those of the database that a restore is about to replace, as far as it can still be read."""
    with suppress(DatabaseError):
        return set(_noted())
    return set()


def _noted() -> list[UUID]:
    """Nobody in a database that an earlier release left: a backup of it is made before it is upgraded."""
    return erased_ids() if "accounts_erased" in connection.introspection.table_names() else []


def erased_beside(backup: Path, key: bytes) -> set[UUID]:
    """Those noted in the data folder and beside a backup. key: the installation's, of that backup."""
    return {each for folder in (ENV.data, backup.parent) for each in _read(folder / NAME, key)}


def _read(path: Path, key: bytes) -> Iterator[UUID]:
    try:
        lines = path.read_text(errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        name, _, seal = line.partition(" ")
        with suppress(ValueError):
            if hmac.compare_digest(_seal(key, UUID(name)).encode(), seal.encode()):
                yield UUID(name)


def _seal(key: bytes, person_id: UUID) -> str:
    return hmac.digest(key, b"throughline erased " + person_id.bytes, "sha256")[:16].hex()
