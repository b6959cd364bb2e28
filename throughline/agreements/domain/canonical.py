"""One content, one sequence of bytes, one digest: what a signature stands for.

Canonical JSON: keys sorted by code point, no white space, UTF-8 without escapes beyond what JSON demands, text in
Unicode NFC, integers only. So the same words typed on two keyboards sign alike, and no rounding ever enters.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any


def canonical(plain: Any) -> str:
    """Raises ValueError for a float, a key that is no text, two keys that are one in NFC, or a lone surrogate."""
    text = json.dumps(_normal(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("text that cannot be written as UTF-8") from error
    return text


def digest(text: str) -> str:
    """SHA-256 of canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _normal(plain: Any) -> Any:
    if isinstance(plain, str):
        return unicodedata.normalize("NFC", plain)
    if plain is None or isinstance(plain, bool | int):
        return plain
    if isinstance(plain, list):
        return [_normal(item) for item in plain]
    if isinstance(plain, dict):
        normal = {_key(key): _normal(value) for key, value in plain.items()}
        if len(normal) != len(plain):
            raise ValueError("two keys are the same text")
        return normal
    raise ValueError(f"{type(plain).__name__} has no canonical form")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise ValueError("a key must be text")
    return unicodedata.normalize("NFC", key)
