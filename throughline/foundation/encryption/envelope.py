"""AES-256-GCM: one byte of format, 12 of nonce, then the sealed text with its tag.

The context (which row and field this is) is authenticated, so that sealed bytes moved elsewhere do not open.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = b"\x01"
_NONCE = 12
_TAG = 16


class CannotOpenError(Exception):
    """The bytes were changed, belong elsewhere, or were sealed under another key."""


def new_key() -> bytes:
    return AESGCM.generate_key(256)


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, context)


def open_sealed(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Raises CannotOpenError."""
    if sealed[:1] != _FORMAT or len(sealed) < 1 + _NONCE + _TAG:
        raise CannotOpenError("not sealed in a format that this version knows")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], context)
    except InvalidTag as error:
        raise CannotOpenError("the seal does not fit") from error
