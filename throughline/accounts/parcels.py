"""Exports at rest: a file in the installation's store, sealed in frames under the key that its own row holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from throughline.foundation.files.sealed import opening, sealing
from throughline.foundation.files.store import files

FOLDER = "exports"


def keep(export_id: UUID, key: bytes, chunks: Iterable[bytes]) -> None:
    """Store everything, or nothing. Raises FilesError."""
    files().write(_name(export_id), sealing(key, export_id.bytes, chunks))


def content(export_id: UUID, key: bytes) -> Iterator[bytes]:
    """The plain bytes, a frame at a time. Raises NoFileError, FilesError or CannotOpenError."""
    return opening(files(), _name(export_id), key, export_id.bytes)


def forget(export_id: UUID) -> None:
    files().remove(_name(export_id))


def _name(export_id: UUID) -> str:
    return f"{FOLDER}/{export_id.hex}.sealed"
