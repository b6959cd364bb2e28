"""Who can open a backup: whoever knows a passphrase, or holds the secret key that belongs to a public one.

The file has a key of its own. A *lock* wraps that key into a slot of the file's head; a *key* opens a slot again.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from throughline.config.backups.faults import BackupError, ChangedError

Slot = dict[str, str | int]
COST, BLOCK, LANES = 1 << 16, 8, 2  # scrypt: 64 MiB and a third of a second for each guess
COSTLIEST = 1 << 20  # more would let a forged file eat the memory of whoever looks at it
PUBLIC, SECRET = "throughline-public-", "throughline-secret-"
_NONCE = bytes(12)  # each wrapping key is used once


class Lock(Protocol):
    def wrap(self, file_key: bytes) -> Slot: ...


class Key(Protocol):
    def open(self, slot: Slot) -> bytes | None:
        """The file's key, or None when this slot is not for us."""


@dataclass(frozen=True)
class Passphrase:
    """Both lock and key."""

    words: str

    def wrap(self, file_key: bytes) -> Slot:
        salt = secrets.token_bytes(16)
        wrapped = AESGCM(self._stretched(salt, COST, BLOCK, LANES)).encrypt(_NONCE, file_key, None)
        return {"for": "passphrase", "n": COST, "r": BLOCK, "p": LANES, "salt": _text(salt), "wrapped": _text(wrapped)}

    def open(self, slot: Slot) -> bytes | None:
        if slot.get("for") != "passphrase":
            return None
        cost, block, lanes = (int(slot[name]) for name in ("n", "r", "p"))
        if not (1 < cost <= COSTLIEST and 0 < block <= 16 and 0 < lanes <= 16):
            raise ChangedError("The file asks for an unreasonable amount of work: it is no backup of ours.")
        return _unwrapped(self._stretched(_bytes(slot["salt"]), cost, block, lanes), slot)

    def _stretched(self, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
        return Scrypt(salt=salt, length=32, n=cost, r=block, p=lanes).derive(self.words.encode())


@dataclass(frozen=True)
class PublicKey:
    """A lock that whoever makes backups may hold: it closes and does not open."""

    text: str

    def wrap(self, file_key: bytes) -> Slot:
        recipient = X25519PublicKey.from_public_bytes(_key_bytes(self.text, PUBLIC))
        once = X25519PrivateKey.generate()
        ours = once.public_key().public_bytes_raw()
        shared = once.exchange(recipient)
        wrapped = AESGCM(_derived(shared, ours + recipient.public_bytes_raw())).encrypt(_NONCE, file_key, None)
        return {"for": "public key", "to": self.text, "once": _text(ours), "wrapped": _text(wrapped)}


@dataclass(frozen=True)
class SecretKey:
    text: str

    @classmethod
    def new(cls) -> SecretKey:
        return cls(SECRET + _text(X25519PrivateKey.generate().private_bytes_raw()))

    @property
    def public(self) -> str:
        return PUBLIC + _text(self._key.public_key().public_bytes_raw())

    @property
    def _key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(_key_bytes(self.text, SECRET))

    def open(self, slot: Slot) -> bytes | None:
        if slot.get("for") != "public key" or slot.get("to") != self.public:
            return None
        once = _bytes(slot["once"])
        shared = self._key.exchange(X25519PublicKey.from_public_bytes(once))
        return _unwrapped(_derived(shared, once + self._key.public_key().public_bytes_raw()), slot)


@dataclass(frozen=True)
class FileKey:
    """The file's own key, while whoever wrote the file still has it: how a backup is verified after writing."""

    value: bytes

    def open(self, slot: Slot) -> bytes | None:
        return self.value


def _unwrapped(key: bytes, slot: Slot) -> bytes | None:
    try:
        return AESGCM(key).decrypt(_NONCE, _bytes(slot["wrapped"]), None)
    except InvalidTag:
        return None


def _derived(shared: bytes, both: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=both, info=b"throughline backup").derive(shared)


def _key_bytes(text: str, kind: str) -> bytes:
    value = _bytes(text.removeprefix(kind)) if text.startswith(kind) else b""
    if len(value) != 32:
        raise BackupError(f"That is no key for backups: one begins with `{kind}`. Make a pair by `backup keypair`.")
    return value


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode()


def _bytes(text: str | int) -> bytes:
    try:
        return base64.urlsafe_b64decode(str(text))
    except ValueError:
        return b""
