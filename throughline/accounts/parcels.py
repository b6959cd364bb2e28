"""Exports at rest: frames of 1 MiB, each sealed under the export's own key, so that no whole file is in memory.

Each frame's seal says which one it is and whether it is the last: none can be cut off, swapped or left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from uuid import UUID

from throughline.foundation.encryption.envelope import CannotOpenError, open_sealed, seal
from throughline.foundation.environment import ENV

FRAME = 1024 * 1024
_LENGTH = 4  # bytes that say how long the sealed frame is


def keep(export_id: UUID, key: bytes, plain: IO[bytes]) -> None:
    """Write everything that `plain` has, or nothing: a draft is renamed once it is on the disk."""
    path = path_of(export_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        number, frame = 0, plain.read(FRAME)
        while True:
            following = plain.read(FRAME)
            sealed = seal(key, frame, _context(export_id, number, last=not following))
            file.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
            if not following:
                break
            number, frame = number + 1, following
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def frames(export_id: UUID, key: bytes) -> Iterator[bytes]:
    """What was kept, a frame at a time. Raises CannotOpenError, or FileNotFoundError when it is gone."""
    with path_of(export_id).open("rb") as file:
        number, length = 0, file.read(_LENGTH)
        while length:
            sealed = file.read(int.from_bytes(length, "big"))
            length = file.read(_LENGTH)
            yield open_sealed(key, sealed, _context(export_id, number, last=not length))
            number += 1
        if not number:
            raise CannotOpenError("an empty file")


def forget(export_id: UUID) -> None:
    for path in (path_of(export_id), path_of(export_id).with_suffix(".part")):
        path.unlink(missing_ok=True)


def path_of(export_id: UUID) -> Path:
    return ENV.data / "files" / "exports" / f"{export_id}.sealed"


def _context(export_id: UUID, number: int, *, last: bool) -> bytes:
    return b"export:" + export_id.bytes + number.to_bytes(8, "big") + (b"last" if last else b"more")
