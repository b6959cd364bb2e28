"""Identifiers: UUID version 7, so that rows made together lie together in every index."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh identifier; known before the row is saved, which sealed fields rely on."""
    return uuid7()
