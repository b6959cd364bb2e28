"""Files of a relationship: sealed in frames of 1 MiB under its data key, so that any range can be read by itself.

Layout: 4 bytes of format, 32 of salt, then frames, each its sealed bytes and a tag of 16. A key for this file alone
comes from the data key, the salt and what the file is (HKDF-SHA256), so a frame's number can be its nonce; whether it
is the last is part of what is authenticated. Frames changed, swapped, taken from another file or cut off do not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from throughline.foundation.encryption.envelope import CannotOpenError
from throughline.foundation.encryption.keyring import keyring
from throughline.foundation.files.store import Store, files

FRAME = 1024 * 1024  # bytes of plain content in every frame but the last
FOLDER = "sealed"
FORMAT = b"TLF1"
_SALT, _TAG = 32, 16
_HEAD = len(FORMAT) + _SALT


def name_of(scope: UUID, file_id: UUID) -> str:
    """Where it lies: what belongs to one relationship lies together."""
    return f"{FOLDER}/{scope.hex}/{file_id.hex}"


def keep(scope: UUID, file_id: UUID, chunks: Iterable[bytes]) -> int:
    """Seal and store a file. Returns its plain bytes. Raises FilesError or KeyDestroyedError; then nothing is kept."""
    key, counted = keyring.key_of(scope), _Counted(chunks)
    files().write(name_of(scope, file_id), sealing(key, _meaning(scope, file_id), counted))
    return counted.length


def read(scope: UUID, file_id: UUID, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """The plain bytes from start to before stop (None: the end). At once raises NoFileError, FilesError or
    KeyDestroyedError; on the way CannotOpenError, before a byte that was tampered with is handed out."""
    return opening(files(), name_of(scope, file_id), keyring.key_of(scope), _meaning(scope, file_id), start, stop)


def size(scope: UUID, file_id: UUID) -> int:
    """Plain bytes. Raises NoFileError or FilesError."""
    return plain_size(files().size(name_of(scope, file_id)))


def forget(scope: UUID, file_id: UUID) -> None:
    files().remove(name_of(scope, file_id))


def forget_all(scope: UUID) -> int:
    """Every file of a relationship; its destroyed key has made them unreadable already. Returns how many."""
    found = [*files().names(f"{FOLDER}/{scope.hex}")]
    for name in found:
        files().remove(name)
    return len(found)


def sealing(key: bytes, meaning: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A file's bytes as they are stored."""
    salt = secrets.token_bytes(_SALT)
    cipher = _cipher(key, salt, meaning)
    yield FORMAT + salt
    number, waiting = 0, bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > FRAME:  # a whole frame waits until it is known whether it is the last
            yield cipher.encrypt(_nonce(number), bytes(waiting[:FRAME]), b"more")
            del waiting[:FRAME]
            number += 1
    yield cipher.encrypt(_nonce(number), bytes(waiting), b"last")


def opening(
    store: Store, name: str, key: bytes, meaning: bytes, start: int = 0, stop: int | None = None
) -> Iterator[bytes]:
    """The plain bytes of a stored file from start to before stop."""
    length = plain_size(stored := store.size(name))
    stop = length if stop is None else min(stop, length)
    head = b"".join(store.read(name, 0, _HEAD))
    if head[: len(FORMAT)] != FORMAT:
        raise CannotOpenError("not sealed in a format that this version knows")
    cipher = _cipher(key, head[len(FORMAT) :], meaning)
    first, last = start // FRAME, max(0, length - 1) // FRAME
    until = max(first, (stop - 1) // FRAME)
    if first > last or (start >= stop and length):
        return iter(())
    pieces = store.read(name, _HEAD + first * (FRAME + _TAG), min(stored, _HEAD + (until + 1) * (FRAME + _TAG)))

    def plain() -> Iterator[bytes]:
        number = first - 1
        for number, frame in enumerate(_frames(pieces), first):
            try:
                opened = cipher.decrypt(_nonce(number), frame, b"last" if number == last else b"more")
            except InvalidTag:
                raise CannotOpenError("the seal does not fit") from None
            begins = number * FRAME
            if part := opened[max(0, start - begins) : stop - begins]:
                yield part
        if number != min(until, last):
            raise CannotOpenError("cut short")

    return plain()


def plain_size(stored: int) -> int:
    """Plain bytes of a file that takes `stored`. Raises CannotOpenError for a size that no file has."""
    sealed = stored - _HEAD
    frames = -(-sealed // (FRAME + _TAG))
    if sealed < _TAG or sealed - frames * _TAG < 0:
        raise CannotOpenError("cut short")
    return sealed - frames * _TAG


def _frames(pieces: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= FRAME + _TAG:
            yield bytes(waiting[: FRAME + _TAG])
            del waiting[: FRAME + _TAG]
    if waiting:
        yield bytes(waiting)


def _cipher(key: bytes, salt: bytes, meaning: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"throughline file:" + meaning).derive(key))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _meaning(scope: UUID, file_id: UUID) -> bytes:
    return scope.bytes + file_id.bytes


@dataclass
class _Counted:
    """Passes chunks on and knows their length."""

    chunks: Iterable[bytes]
    length: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.length += len(chunk)
            yield chunk
