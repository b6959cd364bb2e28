"""A place for files under names, whatever it is made of. FILES_URL says which; nothing set is the data folder.

Names are parts of lower-case letters, digits, `-`, `_` and `.`, joined by `/`: "photos/0f3a….webp".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from throughline.foundation.environment import ENV

_PART = r"[a-z0-9_][a-z0-9_.-]*"
_NAME = re.compile(rf"{_PART}(/{_PART})*")


class NoFileError(LookupError):
    """There is no file of this name."""


class FilesError(OSError):
    """The place itself cannot be used (full, away, forbidden): a sentence without names of files."""


class Store(Protocol):
    """What every place can do. All methods raise FilesError when the place does not answer or has no room."""

    where: str
    """The place as an operator knows it, without secrets."""

    def write(self, name: str, chunks: Iterable[bytes]) -> int:
        """Keep a file, wholly or not at all; on return it is safe. Replaces one of that name. Returns its bytes."""

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from start to before stop (None: the end), in pieces. Raises NoFileError at once."""

    def size(self, name: str) -> int:
        """Bytes. Raises NoFileError."""

    def remove(self, name: str) -> None:
        """Forget a file; one that is not there is forgotten already."""

    def names(self, under: str = "") -> Iterator[str]:
        """Every file below a folder ("photos"), or every file; in no order."""

    def older(self, before: datetime, under: str = "") -> Iterator[str]:
        """Of `names`, those that were written before an instant, by the clock of the place; parts of files that were
        broken off before then are removed on the way, where the place keeps such."""


def checked(name: str) -> str:
    """Raises ValueError for what is no name: nothing ever reaches above its place."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"no name for a file: {name!r}")
    return name


@cache
def files() -> Store:
    """The place that FILES_URL names. Raises ValueError with a sentence when it cannot be understood."""
    return store_at(ENV.files_url)


def store_at(url: str) -> Store:
    """file:///folder, s3://key:secret@host/bucket/below?region=…, or "" for the data folder's own `files`."""
    from throughline.foundation.files.folder import Folder

    parts = urlsplit(url)
    if not url:
        return Folder(ENV.data / "files")
    if parts.scheme == "file" and parts.path.strip("/") and not parts.netloc:
        return Folder(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        from throughline.foundation.files.s3 import Bucket  # a tenth of a second that most never need

        return Bucket.of_url(url)
    raise ValueError("FILES_URL must look like s3://key:secret@host/bucket?region=… or file:///folder.")
