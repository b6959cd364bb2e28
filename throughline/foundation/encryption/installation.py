"""The installation's key, which wraps every data key. From the environment, or made once in the data folder."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from throughline.foundation.environment import ENV


def secret_file(name: str, length: int = 32) -> bytes:
    """The bytes of a secret kept in the data folder, made on first use, readable by its owner alone."""
    folder = ENV.data / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        _create_once(path, secrets.token_bytes(length))
    return path.read_bytes()


def _create_once(path: Path, value: bytes) -> None:
    """Write under another name, then link: two processes that start together end with one secret."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(value)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


@cache
def installation_key() -> bytes:
    """32 bytes. Raises ValueError when THROUGHLINE_KEY is not 32 bytes of base64."""
    if not ENV.key:
        return secret_file("installation.key")
    try:
        key = base64.b64decode(ENV.key, validate=True)
    except binascii.Error as error:
        raise ValueError("THROUGHLINE_KEY is not base64.") from error
    if len(key) != 32:
        raise ValueError(f"THROUGHLINE_KEY must be 32 bytes, not {len(key)}.")
    return key


def key_for(purpose: str) -> bytes:
    """32 bytes that follow from the installation's key, for what belongs to no relationship (a profile's photo)."""
    return HKDF(SHA256(), 32, None, b"throughline:" + purpose.encode()).derive(installation_key())
