"""What people do to documents: to be provided."""

from __future__ import annotations

from uuid import UUID

from throughline.foundation.ids import new_id


def open_document(relationship_id: UUID, origin: str) -> UUID:
    """The document of this origin, made on first use. To be provided."""
    return new_id()
