"""The draft: the newest saved edit of each part, and the prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from throughline.agreements.domain.plain import from_plain
from throughline.agreements.domain.terms import PART_TYPES, Part, PartKind
from throughline.agreements.domain.upgrade import upgraded_part
from throughline.agreements.models import Agreement, TermEdit
from throughline.coediting.queries import html_of


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
    later = TermEdit.objects.filter(agreement=OuterRef("agreement"), kind=OuterRef("kind"), stamp__gt=OuterRef("stamp"))
    newest = TermEdit.objects.filter(~Exists(later), relationship_id=relationship_id)
    return {PartKind(edit.kind): saved_of(edit) for edit in newest}


def parts_of(draft: Mapping[PartKind, Saved]) -> dict[PartKind, Part]:
    return {kind: saved.part for kind, saved in draft.items()}


def saved_of(edit: TermEdit) -> Saved:
    payload = upgraded_part(edit.kind, edit.payload, edit.format)
    part = from_plain(PART_TYPES[PartKind(edit.kind)], payload)
    return Saved(part, edit.stamp, edit.by_id, edit.at)


def prose_of(agreement: Agreement | None) -> str:
    """The words written together, as clean HTML; "" until somebody has opened them."""
    return html_of(agreement.prose) if agreement and agreement.prose else ""
