"""Files in a folder of this machine, or of a network drive that several machines share."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from throughline.foundation.files.store import FilesError, NoFileError, checked

PIECE = 256 * 1024  # bytes read at once
_DRAFT = ".part"  # no name ends so unless its writing was broken off


class Folder:
    """A Store: each file is written beside, synced to the disk, and only then takes its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.where = str(folder)

    def write(self, name: str, chunks: Iterable[bytes]) -> int:
        path = self._folder / checked(name)
        with _plainly_said():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = path.with_name(f"{uuid4().hex}{_DRAFT}")
            try:
                length = _written(draft, chunks)
                draft.rename(path)
                _sync_folder(path.parent)
            finally:
                draft.unlink(missing_ok=True)
        return length

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        path = self._folder / checked(name)
        with _plainly_said():
            try:
                file = path.open("rb")
            except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
                raise NoFileError("no such file") from None

        def pieces() -> Iterator[bytes]:
            with file, _plainly_said():
                file.seek(start)
                left = None if stop is None else stop - start
                while left is None or left > 0:
                    piece = file.read(PIECE if left is None else min(PIECE, left))
                    if not piece:
                        return
                    left = None if left is None else left - len(piece)
                    yield piece

        return pieces()

    def size(self, name: str) -> int:
        path = self._folder / checked(name)
        with _plainly_said():
            if not path.is_file():
                raise NoFileError("no such file")
            return path.stat().st_size

    def remove(self, name: str) -> None:
        path = self._folder / checked(name)
        with _plainly_said(), suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()

    def names(self, under: str = "") -> Iterator[str]:
        top = self._folder / checked(under) if under else self._folder
        with _plainly_said():
            for folder, _folders, found in os.walk(top):
                for name in found:
                    if not name.endswith(_DRAFT):
                        yield (Path(folder) / name).relative_to(self._folder).as_posix()

    def older(self, before: datetime, under: str = "") -> Iterator[str]:
        top = self._folder / checked(under) if under else self._folder
        with _plainly_said():
            for folder, _folders, found in os.walk(top):
                for path in (Path(folder) / name for name in found):
                    if not _is_older(path, before):
                        continue
                    if path.name.endswith(_DRAFT):
                        path.unlink(missing_ok=True)
                    else:
                        yield path.relative_to(self._folder).as_posix()


def _is_older(path: Path, before: datetime) -> bool:
    with suppress(FileNotFoundError):  # removed meanwhile
        return path.stat().st_mtime < before.timestamp()
    return False


def _written(draft: Path, chunks: Iterable[bytes]) -> int:
    length = 0
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            length += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return length


def _sync_folder(folder: Path) -> None:
    """The name is as safe as the bytes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _plainly_said() -> Iterator[None]:
    try:
        yield
    except FilesError:
        raise
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "has no room left" if full else f"cannot be used ({error.strerror or type(error).__name__})"
        raise FilesError(f"The folder for files {what}.") from error
