"""What an installation vouches for: Ed25519 keys, the private half of each wrapped by the installation's key.

The room that owns the files says where keys are kept. Verifying needs the public half alone, and no database.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from throughline.foundation.encryption.envelope import open_sealed, seal
from throughline.foundation.encryption.installation import installation_key

_END = "-----END PUBLIC KEY-----"


@dataclass(frozen=True)
class NewKey:
    """public: 32 bytes. wrapped: the private half, as it may lie in a database."""

    public: bytes
    wrapped: bytes


def new_signing_key() -> NewKey:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return NewKey(public, seal(installation_key(), private.private_bytes_raw(), _context(public)))


def sign(public: bytes, wrapped: bytes, message: bytes) -> bytes:
    """64 bytes. Raises CannotOpenError where the key was wrapped by another installation's."""
    private = open_sealed(installation_key(), wrapped, _context(public))
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def is_signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def name_of_key(public: bytes) -> str:
    """16 hexadecimal digits of its SHA-256: short enough to compare by eye."""
    return hashlib.sha256(public).hexdigest()[:16]


def as_pem(public: bytes) -> str:
    """As `openssl pkeyutl -pubin` reads it."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_keys_in(text: str) -> list[bytes]:
    """Every Ed25519 key of a file of public keys, in PEM. Raises ValueError when it holds none."""
    found = [_read(piece + _END) for piece in text.split(_END)[:-1]]
    if not found:
        raise ValueError("no public key")
    return found


def _read(piece: str) -> bytes:
    try:
        key = load_pem_public_key(piece[piece.index("-----BEGIN") :].encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError("not a public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")
    return key.public_bytes_raw()


def _context(public: bytes) -> bytes:
    return b"signing-key:" + public
