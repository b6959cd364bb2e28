"""Reads about relationships, named by what they return."""

from __future__ import annotations

from uuid import UUID

from throughline.relationships.models import RelationshipKey


def wrapped_key_of(relationship_id: UUID) -> bytes | None:
    found = RelationshipKey.objects.filter(pk=relationship_id).values_list("wrapped", flat=True).first()
    return None if found is None else bytes(found)
