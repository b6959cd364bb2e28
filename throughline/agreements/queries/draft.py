"""The draft: the newest saved edit of each part, and the prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from throughline.agreements.domain.plain import from_plain
from throughline.agreements.domain.terms import PART_TYPES, Part, PartKind
from throughline.agreements.domain.upgrade import upgraded_part
from throughline.agreements.models import Agreement, TermEdit
from throughline.coediting.queries import html_of
from throughline.foundation.encryption.fields import Sealed, SealedJson
from throughline.foundation.prepared import prepared


@dataclass(frozen=True)
class Saved:
    """A part as somebody last saved it. The next edit of it carries `stamp` to show what it started from."""

    part: Part
    stamp: int
    by_id: UUID
    at: datetime


def agreement_of(relationship_id: UUID) -> Agreement | None:
    """None until somebody has written something."""
    return Agreement.objects.filter(relationship_id=relationship_id).first()


def draft_of(relationship_id: UUID) -> dict[PartKind, Saved]:
    """What stands in the draft now, by part; parts that nobody has written yet are left out. One query."""
    payload: SealedJson = TermEdit._meta.get_field("payload")
    return {
        PartKind(kind): _saved(kind, payload.opened(sealed, edit_id, scope=relationship_id), format_, stamp, by_id, at)
        for edit_id, kind, sealed, format_, stamp, by_id, at in _newest_edits(relationship_id)
    }


@prepared
def _newest_edits(
    relationship_id: UUID,
) -> QuerySet[TermEdit, tuple[UUID, str, Sealed, int, int, UUID, datetime]]:
    later = TermEdit.objects.filter(agreement=OuterRef("agreement"), kind=OuterRef("kind"), stamp__gt=OuterRef("stamp"))
    newest = TermEdit.objects.filter(~Exists(later), relationship_id=relationship_id)
    return newest.values_list("pk", "kind", "payload", "format", "stamp", "by_id", "at")


def parts_of(draft: Mapping[PartKind, Saved]) -> dict[PartKind, Part]:
    return {kind: saved.part for kind, saved in draft.items()}


def saved_of(edit: TermEdit) -> Saved:
    return _saved(edit.kind, edit.payload, edit.format, edit.stamp, edit.by_id, edit.at)


def _saved(kind: str, payload: Any, format_: int, stamp: int, by_id: UUID, at: datetime) -> Saved:
    part = from_plain(PART_TYPES[PartKind(kind)], upgraded_part(kind, payload, format_))
    return Saved(part, stamp, by_id, at)


def prose_of(agreement: Agreement | None) -> str:
    """The words written together, as clean HTML; "" until somebody has opened them."""
    return html_of(agreement.prose) if agreement and agreement.prose else ""
