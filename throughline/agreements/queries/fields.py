"""The fields of one part as they stand, as they stood at an earlier stamp, and what was overtaken unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from throughline.agreements.domain.fields import Typed, Typing
from throughline.agreements.domain.terms import PartKind
from throughline.agreements.models import FieldEdit, Overtaken, TermEdit
from throughline.agreements.queries.draft import saved_of


@dataclass(frozen=True)
class Field:
    """A field as somebody typed it, at which stamp of its part."""

    value: Typed
    stamp: int
    by_id: UUID
    at: datetime
    window: UUID | None = None


@dataclass(frozen=True)
class Fields:
    """How the fields of a part came to be: parts saved as a whole, and edits of single fields, by stamp.

    finished: the stamp of the newest part that could be signed; what came after is still being written.
    """

    typing: Typing
    wholes: tuple[TermEdit, ...]
    edits: tuple[FieldEdit, ...]
    stamp: int
    finished: int

    def at(self, stamp: int) -> dict[str, Field]:
        """As they stood after the write of that stamp. Decrypts only what stood."""
        found: dict[str, Field] = {}
        whole = next((edit for edit in reversed(self.wholes) if edit.stamp <= stamp), None)
        if whole is not None:
            typed = self.typing.typed_of(saved_of(whole).part)
            found = {name: Field(value, whole.stamp, whole.by_id, whole.at) for name, value in typed.items()}
        since = whole.stamp if whole else 0
        newest = {edit.field: edit for edit in self.edits if since < edit.stamp <= stamp}
        found |= {
            name: Field(edit.value, edit.stamp, edit.by_id, edit.at, edit.window) for name, edit in newest.items()
        }
        return found

    def now(self) -> dict[str, Field]:
        return self.at(self.stamp)

    def only_by(self, person_id: UUID, window: UUID | None, field: str, since: int) -> bool:
        """Whether everything that happened to a field after a stamp was typed in this very window."""
        if window is None or any(whole.stamp > since for whole in self.wholes):
            return False
        later = [edit for edit in self.edits if edit.field == field and edit.stamp > since]
        return all((edit.by_id, edit.window) == (person_id, window) for edit in later)


def fields_of(agreement_id: UUID | None, typing: Typing) -> Fields:
    """Two queries."""
    if agreement_id is None:
        return Fields(typing, (), (), 0, 0)
    terms = list(TermEdit.objects.filter(agreement_id=agreement_id, kind=typing.kind).order_by("stamp"))
    edits = tuple(FieldEdit.objects.filter(agreement_id=agreement_id, kind=typing.kind).order_by("stamp"))
    finished = terms[-1].stamp if terms else 0
    stamp = max(finished, edits[-1].stamp if edits else 0)
    return Fields(typing, tuple(edit for edit in terms if not edit.from_fields), edits, stamp, finished)


def values(fields: Mapping[str, Field]) -> dict[str, Typed]:
    return {name: field.value for name, field in fields.items()}


def last_stamp(agreement_id: UUID, kind: PartKind) -> int:
    """Of any write of the part, finished or not."""
    stamps = (
        rows.filter(agreement_id=agreement_id, kind=kind).aggregate(last=Max("stamp"))["last"]
        for rows in (TermEdit.objects.all(), FieldEdit.objects.all())
    )
    return max(stamp or 0 for stamp in stamps)


@dataclass(frozen=True)
class Writing:
    """Who is in the middle of a part: typed something that does not make a whole yet."""

    by_id: UUID
    at: datetime


def unfinished_of(relationship_id: UUID) -> dict[PartKind, Writing]:
    """Parts whose newest write could not be signed. Two queries; nothing is decrypted."""
    rows = TermEdit.objects.filter(relationship_id=relationship_id).order_by()
    finished = dict(rows.values_list("kind").annotate(Max("stamp")))
    edits = FieldEdit.objects.filter(relationship_id=relationship_id).order_by("stamp").defer("value")
    newest = {edit.kind: edit for edit in edits}
    return {
        PartKind(kind): Writing(edit.by_id, edit.at)
        for kind, edit in newest.items()
        if edit.stamp > finished.get(kind, 0)
    }


def overtaken_in(relationship_id: UUID, kinds: Iterable[PartKind] = PartKind) -> QuerySet[Overtaken]:
    """What nobody has settled yet, the oldest first."""
    rows = Overtaken.objects.filter(relationship_id=relationship_id, settled_at__isnull=True, kind__in=list(kinds))
    return rows.order_by("overtaken_at", "id")
