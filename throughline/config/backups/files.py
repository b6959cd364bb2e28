"""The files that a backup holds beside the database: those of FILES_URL or the data folder, and the outbox.

In the data folder they are linked under second names before the snapshot and once more after it: takes no room, and
what is removed meanwhile stays. Elsewhere they are read from their store after the snapshot.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from throughline.config.backups import claiming
from throughline.config.backups.contents import Hashed
from throughline.foundation.environment import ENV
from throughline.foundation.files.store import NoFileError, files

FILES, OUTBOX = "files", "outbox"
_DRAFT = ".part"
Found = tuple[str, int, IO[bytes]]
"""A file's name in the backup, its bytes, and a stream of them."""


def link_files(target: Path) -> None:
    for folder in (OUTBOX,) if ENV.files_url else (FILES, OUTBOX):
        for path in _under(ENV.data / folder):
            link = target / path.relative_to(ENV.data)
            link.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError, FileNotFoundError):
                os.link(path, link)


def linked_and_stored(linked: Path) -> Iterator[Found]:
    for path in _under(linked):
        with path.open("rb") as stream:
            yield path.relative_to(linked).as_posix(), os.fstat(stream.fileno()).st_size, stream
    if not ENV.files_url:
        return
    for name in files().names():
        if name == claiming.NAME:
            continue
        with suppress(NoFileError):  # removed meanwhile
            yield f"{FILES}/{name}", files().size(name), io.BufferedReader(_Stream(files().read(name)))


def put_back(name: str, content: Hashed, incoming: Path) -> None:
    """Into the folder that takes the data folder's place; or, with FILES_URL, into that store, under the same name."""
    folder, _, rest = name.partition("/")
    if folder == FILES and ENV.files_url:
        files().write(rest, iter(lambda: content.read(1 << 18), b""))
        return
    path = incoming / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as file:
        while piece := content.read(1 << 18):
            file.write(piece)


def _under(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(where) / name for name in sorted(names) if not name.endswith(_DRAFT) and name[0] != ".")


class _Stream(io.RawIOBase):
    """An iterator of bytes, to be read like a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._left:
            self._left = next(self._pieces, b"")
        taken = min(len(buffer), len(self._left))
        buffer[:taken], self._left = self._left[:taken], self._left[taken:]
        return taken
