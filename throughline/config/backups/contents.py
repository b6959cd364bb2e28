"""What a backup must hold, counted while it is written and again whenever it is read."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from throughline.config.backups.archive import HEAD, MANIFEST, text_of, unpacked
from throughline.config.backups.databases import Applied
from throughline.config.backups.faults import ChangedError
from throughline.config.backups.locks import Key
from throughline.config.backups.rows import Tally

FORMAT = 1
KINDS = ("files", "outbox", "keys")  # folders that members lie in
Part = tuple[str, list[str], list[bytes]]
"""A table's name, its columns, and lines of rows."""


def fingerprint(key: bytes) -> str:
    """Tells installation keys apart and says nothing about them."""
    return hmac.digest(key, b"throughline backup", "sha256")[:8].hex()


class Hashed:
    """A stream that digests what passes through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._digest, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        self.size += len(data)
        return data

    def line(self, name: str) -> bytes:
        """What a Tally of files counts."""
        return f"{name}\0{self.size}\0{self._digest.hexdigest()}".encode()


class Opened:
    """A backup that is being read, once, from its beginning to its end: `head`, then `parts`, then `rest`.

    Raises ChangedError as soon as something is not as it was written, at the latest at the end of `rest`.
    """

    def __init__(self, path: Path, key: Key) -> None:
        self._members = unpacked(path, key)
        name, size, stream = self._next()
        if name != HEAD:
            raise ChangedError("The backup does not begin with its head.")
        self.head: dict[str, Any] = json.loads(text_of(stream, size))
        if self.head.get("format") != FORMAT:
            raise ChangedError("The backup was made by a newer Throughline. Install that version first.")
        self.manifest: dict[str, Any] = {}
        self._tables: dict[str, Tally] = {name: Tally() for name in self.head["tables"]}
        self._files = Tally()
        self._held = self._next()

    @property
    def applied(self) -> Applied:
        return tuple((app, name, at) for app, name, at in self.head["migrations"])

    def parts(self) -> Iterator[Part]:
        while self._held[0].startswith("tables/"):
            name, size, stream = self._held
            table = name.split("/")[1]
            if table not in self._tables:
                raise ChangedError(f"The backup holds a table that its head does not name: {table}.")
            lines = text_of(stream, size).split(b"\n")[:-1]
            for line in lines:
                self._tables[table].add(line)
            yield table, list(self.head["tables"][table]), lines
            self._held = self._next()

    def rest(self) -> Iterator[tuple[str, Hashed]]:
        """Keys and files by name (`files/photos/…`). What the caller leaves unread of one is read for it."""
        while self._held[0] != MANIFEST:
            name, _size, stream = self._held
            if name.split("/")[0] not in KINDS:
                raise ChangedError(f"{name!r} does not belong into a backup.")
            content = Hashed(stream)
            yield name, content
            while content.read(1 << 16):
                pass
            self._files.add(content.line(name))
            self._held = self._next()
        _name, size, stream = self._held
        self.manifest = json.loads(text_of(stream, size))
        for _ in self._members:
            raise ChangedError("The backup goes on after its end.")
        self._compare()

    def _compare(self) -> None:
        found = {"tables": {name: tally.told() for name, tally in self._tables.items()}, "files": self._files.told()}
        for what, told in found.items():
            if self.manifest[what] != told:
                raise ChangedError(f"The backup does not hold what its manifest says ({what}). Take another one.")

    def _next(self) -> tuple[str, int, IO[bytes]]:
        try:
            return next(self._members)
        except StopIteration:
            raise ChangedError("The backup was cut short: its manifest is missing. Take another one.") from None


def verify(path: Path, key: Key) -> Opened:
    """Read all of it, decrypt and count. Returns it, at its end. Raises ChangedError or WrongKeyError."""
    opened = Opened(path, key)
    for _ in opened.parts():
        pass
    for _ in opened.rest():
        pass
    return opened
