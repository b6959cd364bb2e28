"""Writing the draft: its parts, and the words that are written together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from throughline.agreements.access import ensure_writable
from throughline.agreements.domain.plain import to_plain
from throughline.agreements.domain.terms import PART_TYPES, Part
from throughline.agreements.domain.upgrade import FORMAT
from throughline.agreements.kinds import WORDS
from throughline.agreements.models import Agreement, TermEdit
from throughline.agreements.queries.draft import Saved, saved_of
from throughline.agreements.queries.fields import last_stamp
from throughline.coediting.actions import open_document

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


class MovedOnError(Exception):
    """Somebody saved this part after the form was opened. `saved` is what stands there now."""

    def __init__(self, saved: Saved) -> None:
        super().__init__("the part was saved meanwhile")
        self.saved = saved


@transaction.atomic
def save_part(*, by: Person, relationship: Relationship, part: Part, stamp: int) -> None:
    """Save one part of the draft, written on top of the edit `stamp` (0: of nothing).

    The same part twice is saved once. Raises MovedOnError when somebody else's edit came between.
    """
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    kind = next(kind for kind, type_ in PART_TYPES.items() if isinstance(part, type_))
    newest = TermEdit.objects.filter(agreement=agreement, kind=kind).order_by("-stamp").first()
    payload = to_plain(part)
    if newest is not None and to_plain(saved_of(newest).part) == payload:
        return
    at_stamp = last_stamp(agreement.pk, kind)
    if newest is not None and at_stamp != stamp:
        raise MovedOnError(saved_of(newest))
    TermEdit.objects.create(
        agreement=agreement,
        relationship=relationship,
        kind=kind,
        stamp=at_stamp + 1,
        by=by,
        payload=payload,
        format=FORMAT,
    )


@transaction.atomic
def open_words(*, by: Person, relationship: Relationship) -> Agreement:
    """Make the document in which the prose is written together, once."""
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    if agreement.prose is None:
        agreement.prose = open_document(relationship.pk, origin=f"{WORDS}{agreement.pk}")
        agreement.save(update_fields=["prose"])
    return agreement


def locked(relationship: Relationship) -> Agreement:
    """The agreement, made when it is first asked for; its row is held until the transaction ends."""
    rows = Agreement.objects.select_for_update().filter(relationship=relationship)
    if found := rows.first():
        return found
    Agreement.objects.get_or_create(relationship=relationship)
    return rows.get()
