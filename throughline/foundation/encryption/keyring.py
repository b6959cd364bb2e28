"""Data keys by scope (a relationship's id). The room that owns the scopes says where wrapped keys are kept.

Destroying a wrapped key destroys what was sealed under it; a process forgets its copy after CACHE_SECONDS.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from uuid import UUID

from throughline.foundation import clock
from throughline.foundation.encryption.envelope import CannotOpenError, new_key, open_sealed, seal
from throughline.foundation.encryption.installation import installation_key

CACHE_SECONDS = 60
CACHE_KEYS = 4096


class KeyDestroyedError(LookupError):
    """There is no data key for this scope (any more): what was sealed under it cannot be read."""


class _Keyring:
    def __init__(self) -> None:
        self._load: Callable[[UUID], bytes | None] | None = None
        self._opened: OrderedDict[UUID, tuple[float, bytes]] = OrderedDict()
        self._lock = Lock()

    def kept_by(self, load: Callable[[UUID], bytes | None]) -> None:
        """Say how to load the wrapped key of a scope. Called once, when the owning room starts."""
        self._load = load

    def key_of(self, scope: UUID) -> bytes:
        """Raises KeyDestroyedError."""
        with self._lock:
            found = self._opened.get(scope)
            if found and clock.monotonic() - found[0] < CACHE_SECONDS:
                self._opened.move_to_end(scope)
                return found[1]
        wrapped = self._load(scope) if self._load else None
        if wrapped is None:
            raise KeyDestroyedError(f"no data key for {scope}")
        key = open_sealed(installation_key(), bytes(wrapped), b"data-key:" + scope.bytes)
        with self._lock:
            self._opened[scope] = (clock.monotonic(), key)
            while len(self._opened) > CACHE_KEYS:
                self._opened.popitem(last=False)
        return key

    def forget(self, scope: UUID) -> None:
        with self._lock:
            self._opened.pop(scope, None)


keyring = _Keyring()


def can_unwrap(scope: UUID, wrapped: bytes) -> bool:
    """Whether this installation's key is the one that the data key of a scope was wrapped with."""
    try:
        open_sealed(installation_key(), wrapped, b"data-key:" + scope.bytes)
    except CannotOpenError:
        return False
    return True


def new_wrapped_key(scope: UUID) -> bytes:
    """A fresh data key for a scope, wrapped: what the owning room stores."""
    return seal(installation_key(), new_key(), b"data-key:" + scope.bytes)


def seal_for(scope: UUID, plain: bytes, context: bytes) -> bytes:
    """Seal bytes that are no model field (a file, an update of a document)."""
    return seal(keyring.key_of(scope), plain, context)


def open_for(scope: UUID, sealed: bytes, context: bytes) -> bytes:
    """Raises KeyDestroyedError or CannotOpenError."""
    return open_sealed(keyring.key_of(scope), sealed, context)
