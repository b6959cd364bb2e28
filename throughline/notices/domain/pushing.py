"""Words for one browser, sealed so that the push service in between cannot read them: RFC 8291 and RFC 8188.

And who sends them, as RFC 8292 (VAPID) says it. Randomness and the time are given by the caller.
"""

from __future__ import annotations

import base64
import json
import struct
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
_RECORD = 4096
LONGEST = 3000  # bytes; push services take 4096 with everything around
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def private_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, CURVE)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sealed_for(words: bytes, *, browser: bytes, secret: bytes, own: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """browser: its public key, 65 bytes. secret: 16 bytes that it made. own: a key for this message alone.

    Raises ValueError for a browser's key that is none.
    """
    their_key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, browser)
    shared, ours = own.exchange(ec.ECDH(), their_key), public_bytes(own)
    between = _hkdf(secret, shared, b"WebPush: info\0" + browser + ours, 32)
    key = _hkdf(salt, between, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, between, b"Content-Encoding: nonce\0", 12)
    head = salt + struct.pack("!IB", _RECORD, len(ours)) + ours
    return head + AESGCM(key).encrypt(nonce, words + b"\x02", None)


def introduced(endpoint: str, *, key: ec.EllipticCurvePrivateKey, contact: str, until: int) -> str:
    """The Authorization header. until: seconds since 1970, at most a day from now."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": until, "sub": contact}
    text = ".".join(_text(json.dumps(each).encode()) for each in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(SHA256())))
    signature = _text(r.to_bytes(32) + s.to_bytes(32))
    return f"vapid t={text}.{signature}, k={_text(public_bytes(key))}"


def from_text(value: str) -> bytes:
    """Base64 as browsers write it. Raises ValueError."""
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


to_text = _text


def _hkdf(salt: bytes, key: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(key)
