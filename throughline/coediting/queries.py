"""Reads about documents: to be provided."""

from __future__ import annotations

from uuid import UUID


def html_of(document_id: UUID) -> str:
    """The document as clean HTML. To be provided."""
    return ""
