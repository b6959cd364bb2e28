"""Who may write in a document: whoever its origin's room says, or the members of its relationship while it is open."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from throughline.coediting.models import Document
from throughline.relationships.access import is_member, is_open

MayEdit = Callable[[UUID, UUID, str], bool]

_origins: dict[str, MayEdit] = {}


def register_origin(prefix: str, may_edit: MayEdit) -> None:
    """The room of origins that begin so decides too: may_edit(person_id, relationship_id, origin)."""
    _origins[prefix] = may_edit


def may_edit(person_id: UUID, document_id: UUID) -> bool:
    """Membership of the relationship is always needed; the origin's room may ask for more."""
    found = Document.objects.filter(pk=document_id).values_list("relationship_id", "origin").first()
    if found is None:
        return False
    relationship_id, origin = found
    if not is_member(person_id, relationship_id) or not is_open(relationship_id):
        return False
    rules = [rule for prefix, rule in _origins.items() if origin.startswith(prefix)]
    return all(rule(person_id, relationship_id, origin) for rule in rules)
