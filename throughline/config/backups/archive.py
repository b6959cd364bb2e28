"""What lies inside a sealed backup: a gzipped tar, so that anybody can take it apart with the usual tools.

In this order: `head.json`; `tables/<table>/<n>.jsonl`; `keys/…` when they are in it; `files/…` and `outbox/…` as in
the data folder; `manifest.json` with what must be found in it.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from throughline.config.backups.faults import ChangedError
from throughline.config.backups.locks import Key, Lock
from throughline.config.backups.sealing import SealedReader, SealedWriter

HEAD, MANIFEST = "head.json", "manifest.json"
_GOOD_NAME = re.compile(r"(?:[\w@+=,-][\w.@+=,-]*/)*[\w@+=,-][\w.@+=,-]*")
LARGEST_TEXT = 256 << 20  # bytes of one part of a table: a row with a large document may be one


class Packer:
    """Adds members one after the other; nothing is kept in memory but the member at hand."""

    def __init__(self, tar: tarfile.TarFile, sealed: SealedWriter) -> None:
        self._tar = tar
        self.file_key = sealed.file_key

    def add(self, name: str, content: bytes) -> None:
        self.add_stream(name, len(content), io.BytesIO(content))

    def add_stream(self, name: str, size: int, stream: IO[bytes]) -> None:
        """Raises OSError when the stream is shorter than it said."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, stream)


@contextmanager
def packing(out: IO[bytes], locks: Sequence[Lock]) -> Iterator[Packer]:
    """Only when the block ends well is the last frame written."""
    sealed = SealedWriter(out, locks)
    zipped = gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=3, mtime=0)
    tar = tarfile.open(fileobj=zipped, mode="w|", bufsize=1 << 16, format=tarfile.PAX_FORMAT)  # noqa: SIM115
    yield Packer(tar, sealed)
    tar.close()
    zipped.close()
    sealed.close()


def unpacked(path: Path, key: Key) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Each member by name, size and content, which is to be read before the next. Raises ChangedError, WrongKeyError.

    When the iterator has ended, every byte of the file was there and was what had been written.
    """
    with path.open("rb", buffering=0) as file:
        source = io.BufferedReader(file, 1 << 16)
        zipped = gzip.GzipFile(fileobj=io.BufferedReader(SealedReader(source, key), 1 << 16), mode="rb")
        try:
            with tarfile.open(fileobj=zipped, mode="r|", bufsize=1 << 16) as tar:
                for member in tar:
                    content = tar.extractfile(member)
                    if not member.isfile() or content is None or not _GOOD_NAME.fullmatch(member.name):
                        raise ChangedError(f"{member.name!r} does not belong into a backup.")
                    yield member.name, member.size, content
                    tar.members.clear()  # type: ignore[attr-defined]  # or it remembers all of them
            while zipped.read(1 << 16):
                pass
        except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise ChangedError("The backup opens, and what is inside is damaged. Take another one.") from error


def text_of(stream: IO[bytes], size: int) -> bytes:
    if size > LARGEST_TEXT:
        raise ChangedError("A part of the backup is larger than any that we write.")
    return stream.read()


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
