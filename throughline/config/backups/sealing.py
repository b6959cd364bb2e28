"""A stream sealed in frames of 1 MiB, so that any length takes little memory and no change goes unseen.

`throughline backup 1`, a newline, four bytes of length, a JSON head with the slots (see locks), then the frames. Each
is sealed with AES-256-GCM under the file's own key; its nonce is its number and whether it is the last, and the head's
digest is authenticated with it. So frames cannot be swapped, dropped, repeated, or cut off at the end.
"""

from __future__ import annotations

import hashlib
import io
import json
import secrets
from collections.abc import Sequence
from typing import IO, Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from throughline.config.backups.faults import ChangedError, WrongKeyError
from throughline.config.backups.locks import Key, Lock

MAGIC = b"throughline backup 1\n"
FRAME = 1 << 20
TAG = 16
LONGEST_HEAD = 1 << 16


class SealedWriter(io.RawIOBase):
    """Write plain bytes; `close` writes the last frame. Without it the file is refused as cut short."""

    def __init__(self, out: BinaryIO | IO[bytes], locks: Sequence[Lock]) -> None:
        self.file_key = secrets.token_bytes(32)
        head = json.dumps({"cipher": "AES-256-GCM", "frame": FRAME, "slots": [e.wrap(self.file_key) for e in locks]})
        self._out, self._cipher, self._digest = out, AESGCM(self.file_key), hashlib.sha256(head.encode()).digest()
        self._waiting, self._number = bytearray(), 0
        out.write(MAGIC + len(head.encode()).to_bytes(4, "big") + head.encode())

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > FRAME:  # one byte more than a frame: the last one is only known at the end
            self._seal(bytes(self._waiting[:FRAME]), last=False)
            del self._waiting[:FRAME]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
            self._waiting.clear()
        super().close()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, self._digest))
        self._number += 1


class SealedReader(io.RawIOBase):
    """The plain bytes again. Raises ChangedError as soon as a frame is not what was written."""

    def __init__(self, source: BinaryIO | IO[bytes], key: Key) -> None:
        head = _head_of(source)
        try:
            self._cipher = AESGCM(_opened(json.loads(head), key))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise ChangedError("The backup was changed or damaged at its beginning. Take another one.") from error
        self._digest = hashlib.sha256(head).digest()
        self._source, self._number, self._plain = source, 0, b""
        self._next = source.read(FRAME + TAG)
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._plain and not self._ended:
            self._open_next()
        taken = min(len(buffer), len(self._plain))
        buffer[:taken] = self._plain[:taken]
        self._plain = self._plain[taken:]
        return taken

    def _open_next(self) -> None:
        frame, self._next = self._next, self._source.read(FRAME + TAG)
        self._ended = not self._next
        try:
            self._plain = self._cipher.decrypt(_nonce(self._number, last=self._ended), frame, self._digest)
        except InvalidTag:
            raise ChangedError(self._what_is_wrong(frame)) from None
        self._number += 1

    def _what_is_wrong(self, frame: bytes) -> str:
        if self._ended:
            try:
                self._cipher.decrypt(_nonce(self._number, last=False), frame, self._digest)
            except InvalidTag:
                pass
            else:
                return "The backup was cut short: its end is missing. Take another one."
        what = "cut short or changed" if self._ended else "changed or damaged"
        return f"The backup was {what} at about {self._number} MiB. Take another one."


def is_backup(path: Any) -> bool:
    with open(path, "rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _head_of(source: BinaryIO | IO[bytes]) -> bytes:
    if source.read(len(MAGIC)) != MAGIC:
        raise ChangedError("This file is no backup made by Throughline.")
    length = int.from_bytes(source.read(4), "big")
    head = source.read(length) if length <= LONGEST_HEAD else b""
    if not head or len(head) != length:
        raise ChangedError("The backup was cut short or changed at its beginning. Take another one.")
    return head


def _opened(head: dict[str, Any], key: Key) -> bytes:
    if head.get("frame") != FRAME or head.get("cipher") != "AES-256-GCM":
        raise ChangedError("The backup is in a format that this version does not know.")
    for slot in head["slots"]:
        if (file_key := key.open(slot)) is not None:
            return file_key
    asked = " or ".join(sorted({f"its {slot['for']}".replace("its public", "the secret") for slot in head["slots"]}))
    raise WrongKeyError(f"That does not open the backup. It opens with {asked}.")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")
